"""Notes: what planners write beside the figures, for their colleagues and for the report."""
