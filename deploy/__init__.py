"""The assistant on several servers: as one command here, and as files for elsewhere."""
