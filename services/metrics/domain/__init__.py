"""Scores: pure rules, no messages and no database."""
