"""How the municipality looks to others: its colour and its logo."""
