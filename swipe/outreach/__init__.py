"""How people are told what became of their answers: decisions, and where they are read."""
