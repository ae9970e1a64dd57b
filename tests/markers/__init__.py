"""What may not be found anywhere, planted through every channel and then looked for everywhere."""
