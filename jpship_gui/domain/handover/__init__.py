"""Giving parcels to the driver or at a counter: what is taken is compared with what was packed (PK-21)."""
