"""What the stored visits take from their quota, as their bookings would have taken it one by one."""

from collections import Counter
from functools import partial

from services.exchange.bootstrap import Exchange
from services.exchange.domain.claims import moves
from services.exchange.domain.ledger import Amounts, Move
from services.exchange.domain.visit import Visit


class Counted:
    """Adds up the moves of the ledgers, and makes them all at the end."""

    def __init__(self) -> None:
        self._sums: dict[str, Counter[str]] = {}

    def count(self, visit: Visit) -> None:
        for move in moves(None, visit):
            self._sums.setdefault(move.ledger, Counter()).update(
                held=move.held.visits,
                held_days=move.held.visitor_days,
                used=move.used.visits,
                used_days=move.used.visitor_days,
                planned=move.planned_days,
            )

    def book(self, exchange: Exchange) -> None:
        """Raises `QuotaExceeded` where more is stored than was promised."""
        stores = exchange.stores
        for ledger, sums in self._sums.items():
            held, used = Amounts(sums["held"], sums["held_days"]), Amounts(sums["used"], sums["used_days"])
            stores.visits.atomically(partial(stores.ledgers.move, Move(ledger, held, used, sums["planned"])))
