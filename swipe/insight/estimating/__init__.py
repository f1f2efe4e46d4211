"""What one survey's answers say: shares, intervals, tests and the order of themes."""
