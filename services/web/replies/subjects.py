"""The visit or consultation that a link is about: as it stands, and the command that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.kernel.actor import Actor
from services.web.asking import gateway
from services.web.consultations.reading import ConsultationPage
from services.web.times import End, read_instant
from services.web.visits.reading import ends_of

View = Mapping[str, Any]
_UNANSWERED = "needs-action"


@dataclass(frozen=True)
class Visit:
    """A visit, of which a party is asked. An answer is to the version that the message told of.

    `method`: of the exchange, by which it is answered; `reply`: the fields of that.
    """

    link: View
    view: View
    method: str = "reply_to_visit"

    @property
    def is_asked(self) -> bool:
        """Whether the exchange would take an answer of theirs."""
        return f"reply_to_visit:{self.link['party']}" in self.view["may"]

    @property
    def has_changed(self) -> bool:
        """Whether it is no longer what they were asked about."""
        return bool(self.view["version"] != self.link["version"])

    @property
    def is_awaited(self) -> bool:
        """Whether no answer of theirs stands."""
        reply = self.view["replies"].get(self.link["party"])
        return reply is None or reply["status"] == _UNANSWERED

    def reply(self, answer: str) -> dict[str, Any]:
        party = {"visit_id": self.link["about"], "party": self.link["party"]}
        return party | {"status": answer, "expected_version": self.link["version"]}

    @property
    def ends(self) -> tuple[End, ...]:
        return ends_of(self.view)


@dataclass(frozen=True)
class Consultation:
    """A consultation, of which a participant is asked. An answer is to the announcement that the message brought:
    what others answer meanwhile changes its version and nothing of what is asked."""

    link: View
    view: View
    method: str = "reply_to_consultation"

    @property
    def page(self) -> ConsultationPage:
        """It as pages read it; of its hospitals it knows the names."""
        return ConsultationPage(self.view, {})

    @property
    def asked_of(self) -> list[View]:
        """The sessions that are meant and still planned."""
        slot = self.link["slot"]
        return [each for each in self.page.planned if slot is None or read_instant(each["slot"]) == read_instant(slot)]

    @property
    def is_asked(self) -> bool:
        return f"reply_to_consultation:{self.link['participant']}" in self.view["may"]

    @property
    def has_changed(self) -> bool:
        return bool(self.link["announcement"] < self.view["answerable_from"])

    @property
    def is_awaited(self) -> bool:
        own = next((each for each in self.view["participants"] if each["person"] == self.link["participant"]), None)
        return own is None or own["status"] == _UNANSWERED

    def reply(self, answer: str) -> dict[str, Any]:
        whose = {"consultation_id": self.link["about"], "participant": self.link["participant"]}
        asked = {"slot": self.link["slot"], "announcement": self.link["announcement"]}
        return whose | asked | {"status": answer, "expected_version": self.view["version"]}

    @property
    def ends(self) -> tuple[End, ...]:
        return self.page.ends


Subject = Visit | Consultation


def subject_of(link: View, actor: Actor) -> Subject:
    """Asks the exchange, as the person. Raises as the gateway does."""
    if link["party"]:
        return Visit(link, gateway().call("exchange", "visit", {"visit_id": link["about"]}, actor=actor))
    asked = {"consultation_id": link["about"]}
    return Consultation(link, gateway().call("exchange", "consultation", asked, actor=actor))
