"""The channels of our own: how users reach the assistant."""
