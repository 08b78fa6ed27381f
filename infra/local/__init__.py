"""The platform on one machine: a supervisor, and the demo organisation."""
