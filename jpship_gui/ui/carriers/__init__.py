"""Carriers the seller describes: a place of the settings."""
