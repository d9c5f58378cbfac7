"""Telling many people something: writing it, looking at it before it goes out, and how far it has come."""
