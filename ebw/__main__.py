"""`python -m ebw` does the same as the `ebw` program."""

from ebw.cli import main

main()
