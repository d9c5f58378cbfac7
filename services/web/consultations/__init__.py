"""Consultations: the list, one with its sessions, cases and actions, proposing one and finding a time for it."""
