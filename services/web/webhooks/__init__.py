"""Webhooks on pages: those that there are, registering one, and looking after it."""
