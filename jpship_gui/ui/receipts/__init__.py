"""Issuing a receipt or an invoice: the form, and the paper beside it."""
