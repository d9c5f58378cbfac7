"""What the outcome pages read, put in the shape that they show."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.web.asking import Panel, ask, panel
from services.web.directory import ends_of
from services.web.presentation import placed
from services.web.times import End
from services.web.words import named

_SITE = re.compile(r"\bsit_[0-9a-z-]{1,60}")
STAGES = ("disclosure", "evaluation", "protection", "terms", "pilot", "adoption")


@dataclass(frozen=True)
class OutcomePage:
    """One outcome as its page shows it; names and zones of its sites come from exchange, if that answers."""

    outcome: Mapping[str, Any]
    visit: Panel
    sites: Mapping[str, Mapping[str, Any]]
    is_exchange_away: bool

    @property
    def own_sites(self) -> list[Mapping[str, Any]]:
        """The sites that the outcome came from, as far as they are known now."""
        return [self.sites[identity] for identity in self.outcome["sites"] if identity in self.sites]

    @property
    def ends(self) -> tuple[End, ...]:
        """Each site's zone, or plain UTC while the sites' zones are not known."""
        return ends_of(self.own_sites)

    @property
    def history(self) -> list[Mapping[str, Any]]:
        """Its lines. A site that a reason has by its id is told by its name, as far as that is known now."""
        return [{**line, "why": _SITE.sub(self._name, line["why"] or "")} for line in self.outcome["history"]]

    def _name(self, found: re.Match[str]) -> str:
        site = self.sites.get(found[0])
        return named(site["names"]) if site else found[0]


def outcome_page(outcome_id: str) -> OutcomePage:
    """Asks research for the outcome and exchange, as panels, for names and, where it came of one, for the visit."""
    outcome = ask("research", "outcome", outcome_id=outcome_id)
    visit = _visit(outcome["origin"])
    sites = panel("exchange", "sites")
    return OutcomePage(
        outcome,
        visit,
        {site["id"]: site for site in (sites.content or {"items": []})["items"]},
        is_exchange_away=visit.is_away or sites.is_away,
    )


def _visit(origin: Mapping[str, Any] | None) -> Panel:
    """A consultation has no page to lead to: the outcome tells its title. What nobody has claimed came of nothing."""
    if origin is None or origin["kind"] != "visit":
        return Panel("exchange")
    return panel("exchange", "visit", visit_id=origin["id"])


def steps(outcome: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The transfer stages with `done`, `current` or `ahead`; before the report all of them are ahead."""
    if outcome["stage"] is None:
        return [(stage, "ahead") for stage in STAGES]
    at = STAGES.index(outcome["stage"]) + (outcome["state"] == "adopted")
    return placed(STAGES, at)
