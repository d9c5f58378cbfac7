"""Calendars that other programs subscribe to, and what those answer."""
