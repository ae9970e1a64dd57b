"""Conversations with the real servers through the chat platforms, of which the platform is ours."""
