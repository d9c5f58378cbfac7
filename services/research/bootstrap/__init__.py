"""Research, put together: its documents, and each intent, question and reaction with what it needs."""

from services.research.bootstrap.research import Research

__all__ = ["Research"]
