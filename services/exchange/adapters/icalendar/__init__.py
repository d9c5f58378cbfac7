"""Calendars (RFC 5545, 5546, 6047): what people's own calendars are told, and what those answer."""
