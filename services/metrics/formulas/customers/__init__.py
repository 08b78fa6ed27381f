"""Formulas of customers and what they buy."""
