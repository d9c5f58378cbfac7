"""Webhooks: the systems of others that are told of events as they happen."""
