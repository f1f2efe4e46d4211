"""The areas as a map: the same figures as the overview's, where the areas lie."""
