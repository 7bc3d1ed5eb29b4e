"""The hand-over: sessions, what waits for a carrier, and what was taken."""
