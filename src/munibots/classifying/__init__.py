"""What a text means: which form it is, which field a label names. "I don't know" is an answer."""
