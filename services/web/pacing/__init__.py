"""Saying, from a mail and without signing in, how soon one wants others of its kind."""
