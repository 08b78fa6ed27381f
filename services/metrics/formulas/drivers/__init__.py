"""What goes together with an outcome: how much of it is explained, and how that is divided among drivers."""
