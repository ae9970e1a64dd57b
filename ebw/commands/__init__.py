"""The commands of `ebw`, a module per group."""
