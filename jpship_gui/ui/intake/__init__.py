"""Taking orders in: where files are dropped, what taking them would do, what was taken."""
