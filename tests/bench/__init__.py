"""Measuring speed beside Rasa's own starter bot: `make bench`."""
