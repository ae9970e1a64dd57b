"""The app package for Microsoft Teams."""
