"""The hand-over page: parcels are read as the driver takes them."""
