"""The assistant on several servers: killed, cut off, and asked for what is not public."""
