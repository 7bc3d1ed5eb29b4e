"""Product beside floor, in one run: `python3 dev.py bench [name …]`."""
