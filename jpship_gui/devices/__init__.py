"""Devices at the desk that bring lines of text by themselves: serial ports and input devices. No window, no orders."""
