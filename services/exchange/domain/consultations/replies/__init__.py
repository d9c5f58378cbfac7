"""Replies of calendar programs, and which are believed."""
