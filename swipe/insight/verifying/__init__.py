"""Whether what was kept is whole, and still what the stored answers say."""
