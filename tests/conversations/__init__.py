"""Conversations with the real servers, over HTTP."""
