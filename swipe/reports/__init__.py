"""How it is read: the planner's pages."""
