"""Rules of surveys and responses: pure, no database, no messages."""
