"""The `ebw` program and the settings that every room shares."""
