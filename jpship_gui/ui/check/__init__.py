"""One shipment in full, and a person's decisions about it."""
