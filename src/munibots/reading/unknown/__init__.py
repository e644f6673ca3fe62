"""Pages whose layout nobody has registered: labels are read first, and the writing beside or below them."""
