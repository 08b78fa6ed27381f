"""Imports as they are known afterwards, and how one is taken back."""
