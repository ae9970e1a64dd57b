"""The cluster under load; not part of `make test`: see __main__.py."""
