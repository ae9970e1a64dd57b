"""Checklists, walked point by point: their course, their outcome. Knows no Rasa and no HTTP."""
