"""The custom actions: read the tracker, call a room below, say something."""
