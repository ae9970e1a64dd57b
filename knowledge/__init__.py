"""What the assistant knows: content an adviser can edit, its schema, the store. Knows no Rasa."""
