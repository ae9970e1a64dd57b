"""Personal data: finding it and taking it out before anything is stored or logged.

Knows no Rasa, no SQL, no HTTP.
"""
