"""The planning page: which goods travel in which parcel, and with whom."""
