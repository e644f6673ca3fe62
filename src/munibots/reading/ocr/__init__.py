"""Recognition of cut-out lines: the network, what it may answer, and how its answer becomes text."""
