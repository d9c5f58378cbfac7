"""Every reminder that there is: docs/notify/reminders.md has the same table for readers."""

from collections.abc import Mapping

from services.notify.domain.lines import Facts
from services.notify.domain.reminders import of_agreements, of_consultations, of_visits
from services.notify.domain.reminders.rows import Moment, Row, moments
from services.notify.domain.telling import Telling

FOLLOWED = (*of_visits.FOLLOWED, *of_consultations.FOLLOWED, *of_agreements.FOLLOWED)
"""The types of the events that reminders are kept from. Each carries the full state of its subject."""

ROWS: Mapping[str, tuple[Row, ...]] = {
    "vis": of_visits.ROWS,
    "con": of_consultations.ROWS,
    "agr": of_agreements.ROWS,
}
"""By the kind of subject, as its ids begin."""

BY_KIND: Mapping[str, Row] = {row.kind: row for rows in ROWS.values() for row in rows}

PURPOSES = tuple(dict.fromkeys(row.line.purpose for row in BY_KIND.values()))
"""Each has a template."""


def planned(about: str, facts: Facts) -> tuple[Moment, ...]:
    """Every moment at which somebody is to be reminded of what the facts say, whether it has passed or not."""
    rows = ROWS[about.partition("_")[0]] if facts else ()
    return tuple(moment for row in rows for moment in moments(row, facts))


def reminded(moment: Moment, facts: Facts) -> tuple[Telling, ...]:
    """Who is reminded then, each once: also of what they decided themselves, for that was long ago."""
    line = BY_KIND[moment.kind].line
    return tuple(Telling(person, line.purpose, line.because) for person in dict.fromkeys(line.whom(facts)))
