"""What all processes share, and nothing about customers or employees."""
