"""Colours, fonts, icons and state shapes; the only place that knows how the program looks."""
