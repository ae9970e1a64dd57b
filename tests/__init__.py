"""The tests. A package of this name, so that one a dependency installs does not come first."""
