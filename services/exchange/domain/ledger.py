"""The quota ledger: what is left of one condition's promise in one year."""

from dataclasses import dataclass

from services.exchange.domain.agreement import Agreement
from services.exchange.domain.refusals import QuotaClosed, QuotaExceeded


@dataclass(frozen=True)
class Account:
    """How much of one thing is promised, used (it happened), held (it is booked) and left."""

    promised: int
    used: int = 0
    held: int = 0

    @property
    def left(self) -> int:
        return self.promised - self.used - self.held


@dataclass(frozen=True)
class Ledger:
    """One condition in one year. A closed one takes no more bookings."""

    id: str
    agreement: str
    condition: str
    year: int
    visits: Account
    visitor_days: Account
    outcomes_promised: int
    outcomes_reported: int = 0
    closed: bool = False

    def must_have_left(self, visitor_days: int) -> None:
        """Refuses one more visit of so many days. Raises `QuotaClosed`, `QuotaExceeded`."""
        if self.closed:
            raise QuotaClosed(agreement=self.agreement, condition=self.condition, year=self.year)
        for name, account, asked in (("visits", self.visits, 1), ("visitor-days", self.visitor_days, visitor_days)):
            if account.left < asked:
                raise QuotaExceeded(
                    agreement=self.agreement,
                    condition=self.condition,
                    year=self.year,
                    of=name,
                    asked=asked,
                    left=account.left,
                    promised=account.promised,
                )


def ledger_id(agreement: str, condition: str, year: int) -> str:
    """The ledger of one condition in one year."""
    return f"led_{agreement}_{condition}_{year}"


def opened(agreement: Agreement) -> tuple[Ledger, ...]:
    """A ledger for each condition and year of an agreement that took effect."""
    return tuple(
        Ledger(
            id=ledger_id(agreement.id, condition.id, year),
            agreement=agreement.id,
            condition=condition.id,
            year=year,
            visits=Account(condition.visits_per_year),
            visitor_days=Account(condition.visitor_days_per_year),
            outcomes_promised=condition.outcomes_per_year,
        )
        for condition in agreement.conditions
        for year in agreement.years
    )
