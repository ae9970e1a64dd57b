"""The conversation: all that knows Rasa."""
