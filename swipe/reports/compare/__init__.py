"""Areas beside each other: the list of all of them by one theme, and up to four chosen ones."""
