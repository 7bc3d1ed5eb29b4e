"""Tests of the page, with real clicks and keys."""
