"""Understanding Dutch officials: the components of the NLU pipeline and what goes with them."""
