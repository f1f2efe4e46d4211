"""What is asked: surveys, themes, cards, channels, mandate, lifecycle, editing."""
