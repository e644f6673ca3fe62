"""How a field is filled in, guessed from its type and from what is printed in its box."""
