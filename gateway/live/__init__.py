"""Pages that move as answers arrive: announcements of metrics, coalesced for each subscription, over WebSocket."""
