"""The arguments of every command, by area."""
