"""Where: areas, their residents, and their import."""
