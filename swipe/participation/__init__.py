"""What was answered: the citizen's pages, receiving, integrity flags."""
