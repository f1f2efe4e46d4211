"""Figures beside other figures: groups, areas, the city and the round before."""
