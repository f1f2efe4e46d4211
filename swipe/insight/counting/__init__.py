"""What there is to count: rows become arrays, in slices that nobody waits for."""
