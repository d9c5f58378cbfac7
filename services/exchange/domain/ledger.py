"""The quota ledger: what is left of one condition's promise in one year."""

from dataclasses import dataclass
from datetime import date, datetime

from services.exchange.domain.agreement import IN_EFFECT, Agreement
from services.exchange.domain.refusals import AgreementNotInEffect, PromiseBelowBooked, QuotaClosed, QuotaExceeded


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
class Amounts:
    """So many visits and visitor-days: taken, or given back where negative."""

    visits: int = 0
    visitor_days: int = 0

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.visits - other.visits, self.visitor_days - other.visitor_days)


NOTHING = Amounts()


@dataclass(frozen=True)
class Move:
    """What one ledger's accounts grow by. `planned_days`: what was planned for that which is now used.

    `covering`: the first and the last day of what is held, where those are new or are booked by it.
    """

    ledger: str
    held: Amounts = NOTHING
    used: Amounts = NOTHING
    planned_days: int = 0
    covering: tuple[date, date] | None = None


@dataclass(frozen=True)
class Ledger:
    """One condition in one year. A closed one takes no more bookings.

    `first_day`, `last_day`: those of the agreement, so that a booking decided under a longer one finds it shortened.
    `planned_days`: the visitor-days that were planned for what is used.
    """

    id: str
    agreement: str
    condition: str
    year: int
    visits: Account
    visitor_days: Account
    outcomes_promised: int
    outcomes_reported: int = 0
    closed: bool = False
    first_day: date = date.min
    last_day: date = date.max
    planned_days: int = 0

    def must_take(self, held: Amounts, covering: tuple[date, date] | None) -> None:
        """Refuses to hold so much more, and `covering` a first and last day that it does not cover, or no longer.

        Raises `QuotaClosed`, `AgreementNotInEffect`, `QuotaExceeded`.
        """
        if covering or held.visits > 0 or held.visitor_days > 0:
            self.must_have_left(held.visitor_days, held.visits)
        if covering and (covering[0] < self.first_day or covering[1] > self.last_day):
            raise AgreementNotInEffect(
                agreement=self.agreement,
                state=IN_EFFECT,
                **{"from": self.first_day.isoformat(), "until": self.last_day.isoformat()},
            )

    def must_have_left(self, visitor_days: int, visits: int = 1) -> None:
        """Refuses to hold so much more. Raises `QuotaClosed`, `QuotaExceeded`."""
        if self.closed:
            raise QuotaClosed(agreement=self.agreement, condition=self.condition, year=self.year)
        for name, account, asked in (
            ("visits", self.visits, visits),
            ("visitor-days", self.visitor_days, visitor_days),
        ):
            if asked > 0 and account.left < asked:
                raise QuotaExceeded(
                    agreement=self.agreement,
                    condition=self.condition,
                    year=self.year,
                    of=name,
                    asked=asked,
                    left=account.left,
                    promised=account.promised,
                )

    def must_allow(self, wanted: "Ledger") -> None:
        """Raises `PromiseBelowBooked` where `wanted` promises less than before, and less than is taken already.

        What is over its promise already, by an overstay, may stay so.
        """
        for name, stands, new in (
            ("visits", self.visits, wanted.visits),
            ("visitor-days", self.visitor_days, wanted.visitor_days),
        ):
            if new.promised < min(stands.promised, stands.used + stands.held):
                raise PromiseBelowBooked(
                    condition=self.condition,
                    year=self.year,
                    of=name,
                    promised=new.promised,
                    used=stands.used,
                    held=stands.held,
                )


@dataclass(frozen=True)
class CountedOutcome:
    """One reported outcome that a condition's year counts. `effect` names the count itself; `visit`, or
    `consultation`, is where it began.

    `at`: when it was counted here. `None`, and nothing of the outcome, where it was before that was kept. `sequence`:
    the place, among all that was told of the outcome, of what it was counted for.
    """

    effect: str
    condition: str
    outcome: str = ""
    type: str = ""
    visit: str = ""
    at: datetime | None = None
    consultation: str = ""
    sequence: str = ""


def ledger_id(agreement: str, condition: str, year: int) -> str:
    """The ledger of one condition in one year."""
    return f"led_{agreement}_{condition}_{year}"


def opened(agreement: Agreement) -> tuple[Ledger, ...]:
    """A ledger for each condition and year of an agreement, with nothing taken."""
    return tuple(
        Ledger(
            id=ledger_id(agreement.id, condition.id, year),
            agreement=agreement.id,
            condition=condition.id,
            year=year,
            visits=Account(condition.visits_per_year),
            visitor_days=Account(condition.visitor_days_per_year),
            outcomes_promised=condition.outcomes_per_year,
            first_day=agreement.in_effect_from,
            last_day=agreement.last_day,
        )
        for condition in agreement.conditions
        for year in agreement.years
    )
