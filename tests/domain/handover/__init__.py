"""Tests of the hand-over's state machine."""
