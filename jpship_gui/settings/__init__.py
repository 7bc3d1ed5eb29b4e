"""Folders, options and secrets."""
