"""Settings: this desk, its scanner and sounds, the shops, the printers; made from the declarations."""
