"""BASE: data alone, see profile.toml."""

from jpship_gui.marketplaces.profile import marketplace_in

MARKETPLACE = marketplace_in(__name__)
