"""What of the schema is to go, and which clients still use it."""
