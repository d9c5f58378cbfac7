"""What is awaited of whom, as a visit or a consultation stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.lines import Facts
from services.notify.domain.purposes import arrival_is_near
from services.notify.domain.reminders import of_consultations, of_visits

FOLLOWED = (*of_visits.FOLLOWED, *of_consultations.FOLLOWED)
"""The types of the events that tell what is asked. Each carries the full state of its subject."""

_OPEN = ("proposed", "pending")


@dataclass(frozen=True)
class Matter:
    """One answer that is awaited: a site's about a visit, a participant's about a consultation, or that somebody knows.

    `anchor` names it, the same for as long as the same is asked: moved to other days or hours, it is asked anew.
    `asked`: who may give it and was asked first; of several one answer is enough. `speak`: who else may give it.
    `until`: when it is too late. `party`: of a visit, the first that the site speaks for and that has not answered.
    `purpose`: where nothing but an acknowledgement is awaited, that of the message; empty where a reply is.
    """

    anchor: str
    site: str
    asked: tuple[str, ...]
    speak: frozenset[str]
    managers: tuple[str, ...]
    until: datetime
    urgent: bool
    party: str | None = None
    participant: str | None = None
    purpose: str = ""

    @property
    def awaits(self) -> str:
        """What is awaited, as one word."""
        return "acknowledgement" if self.purpose else "reply"


def matters(about: str, facts: Facts) -> tuple[Matter, ...]:
    """What is awaited about a visit or a consultation, as its newest facts say."""
    asks = _ASKS.get(about.partition("_")[0])
    return tuple(asks(facts)) if asks and facts and facts["state"] in _OPEN else ()


def _of_visit(facts: Facts) -> Iterator[Matter]:
    """One for each end that speaks for a party which has not answered."""
    days = f"{facts['planned_arrival']}/{facts['planned_departure']}"
    until = datetime.fromisoformat(facts["reply_by"])
    for end in (of_visits.HOST, of_visits.SENDING):
        awaited = [party for party in of_visits.awaited(facts) if of_visits.speaks_for(end, party)]
        if awaited:
            yield _matter(
                f"{end} {days} {facts['reply_by']}",
                facts[end],
                facts[end]["coordinators"],
                until,
                # That the visitors are about to travel is so at any moment or at none: replies are due before.
                urgent=arrival_is_near(facts, until),
                party=awaited[0],
            )


def _of_consultation(facts: Facts) -> Iterator[Matter]:
    """One for each participant without whose reply it lapses."""
    sites: Mapping[str, Facts] = {site["id"]: site for site in facts["sites"]}
    begins = min((each["begins"] for each in facts["sessions"] if each["state"] == "planned"), default="")
    for each in facts["participants"]:
        if each["required"] and each["status"] == "needs-action":
            yield _matter(
                f"{each['person']} {begins} {facts['reply_by']}",
                sites[each["site"]],
                [each["person"]],
                datetime.fromisoformat(facts["reply_by"]),
                urgent=facts["urgent"],
                participant=each["person"],
            )


def _matter(
    anchor: str,
    site: Facts,
    asked: Iterable[str],
    until: datetime,
    *,
    urgent: bool,
    party: str | None = None,
    participant: str | None = None,
) -> Matter:
    managers = tuple(site.get("managers", ()))
    speak = frozenset((*asked, *site["coordinators"], *managers))
    return Matter(anchor, site["id"], tuple(asked), speak, managers, until, urgent, party, participant)


_ASKS: Mapping[str, Callable[[Facts], Iterator[Matter]]] = {"vis": _of_visit, "con": _of_consultation}
"""By the word before the id."""
