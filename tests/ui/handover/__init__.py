"""Tests of the hand-over page."""
