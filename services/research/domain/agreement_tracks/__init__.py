"""Agreements between two institutions on their way to both signatures: MTA, DTA, licence."""
