"""Layouts of papers: the list, the form, and the page as it comes out."""
