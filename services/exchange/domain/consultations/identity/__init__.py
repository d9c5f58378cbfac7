"""Texts that tell who a patient is are refused."""
