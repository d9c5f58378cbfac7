"""The form by which a case is brought before a session that is to come."""

from collections.abc import Mapping
from typing import Any, ClassVar

from services.web.asking import signed_in_actor
from services.web.consultations.case_fields import CASE, brought, case_fields
from services.web.consultations.reading import ConsultationPage
from services.web.consultations.session_forms import SessionForm, sessions_to_choose
from services.web.forms import choices


class BringCaseForm(SessionForm):
    """One case, for the next session where there is no choice."""

    REFUSED_AT: ClassVar[Mapping[str, str]] = {
        "ConsentNeeded": "consent",
        "CaseReferenceTwice": "reference",
        "NotAParticipant": "presenter",
        "NotAllowed": "presenter",
        "NoSuchSession": "slot",
        "SessionClosed": "slot",
    }

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        """Who takes part most likely brings a case of their own."""
        return {"presenter": signed_in_actor().person}

    def offer(self, page: ConsultationPage, about: str) -> None:
        super().offer(page, about)
        taking_part = page.consultation["participants"]
        people = [(each["person"], each["name"] or each["person"]) for each in taking_part]
        self["presenter"].choices = choices([("", "—"), *people])

    def slots(self, page: ConsultationPage) -> list[tuple[str, str]]:
        """Also one that has begun, as long as it is not closed."""
        return sessions_to_choose(page, page.planned) if len(page.planned) > 1 else []

    def case(self) -> tuple[Any, ...]:
        """Reference, question, urgency, presenter and consent."""
        return tuple(self[name] for name in CASE)

    def fields(self) -> dict[str, Any]:
        case = brought(*self.case()) | {"slot": self.slot.data or None}
        return {"case": case, "expected_version": self.expected_version.data}

    def place_of(self, path: str) -> str:
        """`case.consent_confirmed` is `consent`."""
        name = path.removeprefix("case.")
        return "consent" if name == "consent_confirmed" else name


for _name, _field in case_fields(has_to_be=True).items():
    setattr(BringCaseForm, _name, _field)
