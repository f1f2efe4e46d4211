"""For whom those who answered can speak: weights, and how far they differ from all."""
