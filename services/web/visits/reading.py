"""What the visit pages read, put in the shape that they show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from services.web.asking import Panel, ask, panel
from services.web.presentation import placed
from services.web.times import End
from services.web.words import named

JOURNEY = ("proposed", "pending", "booked", "arrived", "fulfilled")
"""The states of a visit that goes well, in their order."""
STATES = (*JOURNEY, "cancelled")


@dataclass(frozen=True)
class VisitPage:
    """One visit as its page shows it."""

    visit: Mapping[str, Any]
    outcomes: Panel
    ends: tuple[End, ...]

    @property
    def may(self) -> frozenset[str]:
        """What the person signed in may do now, as the service says."""
        return frozenset(self.visit["may"])

    @property
    def parties(self) -> list[str]:
        """The parties for whom the person may reply."""
        return [name.partition(":")[2] for name in self.visit["may"] if name.startswith("reply_to_visit:")]

    @property
    def names(self) -> dict[str, str]:
        """Names by person id, as far as the history tells them."""
        return {line["by"]: line["by_name"] for line in self.visit["history"] if line["by_name"]}


def ends_of(visit: Mapping[str, Any]) -> tuple[End, ...]:
    """Host first, as a visit's days are the host's."""
    return (
        End(_("host"), named(visit["host_site"]["names"]), visit["host_site"]["zone"]),
        End(_("sending site"), named(visit["sending_site"]["names"]), visit["sending_site"]["zone"]),
    )


def visit_page(visit_id: str) -> VisitPage:
    """Asks exchange for the visit and research, as a panel, for its outcomes."""
    visit = ask("exchange", "visit", visit_id=visit_id)
    return VisitPage(visit, panel("research", "outcomes", visit_id=visit_id), ends_of(visit))


def steps(state: str) -> list[tuple[str, str]]:
    """The journey's states with `done`, `current` or `ahead`; one that ended otherwise stands at its end."""
    if state not in JOURNEY:
        return [("proposed", "done"), (state, "ended")]
    return placed(JOURNEY, JOURNEY.index(state) + (state == "fulfilled"))
