"""How a card set is made: pictures in, words on, order, a whole deck at once."""
