"""Answering a message by its link, without signing in."""
