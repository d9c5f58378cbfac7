"""What the proposal form says, as fields of the commands: of a proposal, and of the question for a time."""

from typing import Any

from services.web.consultations.case_fields import brought
from services.web.consultations.proposal_form import ProposalForm
from services.web.consultations.rows_form import halves

View = dict[str, Any]
LEAD = "lead"


class ProposalFields(ProposalForm):
    """The form with the fields of both commands."""

    def fields(self) -> View:
        """Of `propose_consultation`."""
        agreement, condition = halves(self.under.data)
        return {
            "agreement_id": agreement,
            "condition_id": condition,
            "title": (self.title.data or "").strip(),
            "participants": self.participants(),
            "rooms": self.chosen_rooms(),
            **self.series(),
            "urgent": self.urgent.data,
            "waive": self.waiver(),
            "cases": [brought(*self.case(number)) for number in self.begun_cases()],
            "wait": self.wait.data,
        }

    def question(self) -> View:
        """Of `find_a_time`."""
        agreement, condition = halves(self.under.data)
        return {
            "agreement_id": agreement,
            "condition_id": condition,
            "participants": self.participants(),
            "interpreters": [self[f"languages-{number}"].data.split() for number in self.open_rows()],
            "rooms": self.chosen_rooms(),
            "minutes": self.minutes.data,
            "first": _day(self.first.data),
            "last": _day(self.last.data),
            "zone": self.zone.data,
            "urgent": self.urgent.data,
            "waive": [{"rule": rule, "site_id": site} for rule, site in map(_of_site, self.waived.data or ())],
            "reason": (self.reason.data or "").strip(),
        }

    def chosen_rooms(self) -> dict[str, str]:
        return dict(halves(each) for each in self.rooms.data or ())

    def waiver(self) -> View | None:
        """Whoever says why it is urgent gives less notice; other rules are set aside where they are named."""
        reason, named = (self.reason.data or "").strip(), list(self.waived.data or ())
        return {"rules": [LEAD, *named], "reason": reason} if reason or named else None


def _of_site(rule: str) -> tuple[str, str]:
    """`night:sit_…` taken apart."""
    name, _colon, site = rule.partition(":")
    return name, site


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
