"""Choosing carrier and service: prices, limits, days and rules as values; pure, the clock is an argument."""
