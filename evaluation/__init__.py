"""A first evaluation plan for an intervention. Knows no Rasa and no HTTP."""
