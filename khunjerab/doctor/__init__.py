"""Looks at every part of an installation and says in words what is wrong."""
