"""Departments that files name: found, or created on the way."""
