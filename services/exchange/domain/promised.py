"""What an agreement promised, text after text: each condition's ledgers as they were opened and changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from services.exchange.domain.agreement import IN_EFFECT, Agreement, Condition, Version
from services.exchange.domain.agreement_approving import standing_as
from services.exchange.domain.agreement_ending import today_of
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.quota_plan import plan


def promised(agreement: Agreement, zones: Iterable[str]) -> list[tuple[Condition, Ledger]]:
    """Each condition that ever was in force with each of its years, as last agreed to; nothing of what was taken.

    `zones`: the IANA zones of the partners, by which a year has gone by.
    """
    zones = tuple(zones)
    ledgers: dict[str, Ledger] = {}
    known: dict[str, Condition] = {}
    for since, version in texts_in_force(agreement):
        stood = replace(agreement, **standing_as(version), state=IN_EFFECT, amendment=None, termination=None)
        planned = plan(stood, tuple(ledgers.values()), today_of(zones, since).year)
        ledgers |= {each.id: each for each in (*planned.open, *planned.promise)}
        known |= {each.id: each for each in stood.conditions}
    return [(known[ledger.condition], ledger) for ledger in ledgers.values()]


def texts_in_force(agreement: Agreement) -> list[tuple[datetime, Version]]:
    """The texts that are, or were, in force, each with the moment since when, in the order of those."""
    texts = [(version.in_force_since, version) for version in agreement.versions if version.in_force_since]
    return sorted(texts, key=lambda text: text[0])


def by_condition(found: Iterable[tuple[Condition, Ledger]]) -> Mapping[str, tuple[Condition, dict[int, int]]]:
    """The outcomes that each condition promises, by year."""
    promises: dict[str, tuple[Condition, dict[int, int]]] = {}
    for condition, ledger in found:
        promises.setdefault(condition.id, (condition, {}))[1][ledger.year] = ledger.outcomes_promised
    return promises
