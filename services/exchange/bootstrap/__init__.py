"""The exchange, put together: its documents, and each intent and question with what it needs."""

from services.exchange.bootstrap.exchange import Exchange

__all__ = ["Exchange"]
