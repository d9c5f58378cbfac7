"""Consultations that meet again and again, by a rule."""
