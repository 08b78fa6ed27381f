"""Numbers about a process and its work: recorded, and shown to Prometheus and over OTLP."""
