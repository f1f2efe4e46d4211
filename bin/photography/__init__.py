"""How documents get their pictures: a browser before a demo city, and contact sheets."""
