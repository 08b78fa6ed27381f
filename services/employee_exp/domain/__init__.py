"""Rules of employment; pure."""
