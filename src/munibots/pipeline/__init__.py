"""The story of one case from received to approved; loops and the story of a run belong to Robot Framework."""
