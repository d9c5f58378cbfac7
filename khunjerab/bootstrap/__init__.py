"""Prepares an installation before anything runs: topology and logins on the broker, logins and indexes in the database.

Idempotent, so that it runs at every start.
"""
