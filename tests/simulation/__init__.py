"""Packing days by people who make mistakes, run through the desk's own state machine; see docs/simulation.md."""
