"""A city with known truth, and the demo that shows it."""
