"""Every write of the engine: documents, changes, snapshots and their events."""
