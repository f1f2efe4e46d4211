"""Whether a deck is fair and in order, and making it public."""
