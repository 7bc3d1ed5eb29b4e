"""jpship: the shipping desk for small sellers on Japanese marketplaces."""

__version__ = "0.1.0"
