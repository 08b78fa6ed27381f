"""Imports: a file and a mapping in, rows stored in groups, progress and refused rows out."""
