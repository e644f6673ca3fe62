"""Texts of municipal papers, made up: what a recogniser or a PDF gives of forms, guides and rules, and of papers of no kind."""
