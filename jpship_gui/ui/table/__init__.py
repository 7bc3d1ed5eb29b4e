"""The one order table."""
