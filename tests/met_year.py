"""A spring in which nearly everything happens that an annual report tells of consultations, day by day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.decision import Receipt
from services.exchange.application import commands
from tests.alliance import YEAR
from tests.consulting import ADMIN, Consulting

LAST = date(YEAR, 4, 20)
EVENING = 18
"""The hour, UTC, at which the day of each act is looked at again: late in Gilgit."""
SECRETS = ("GLT-2026-014", "GLT-2026-015", "Which stage is the cyst", "CE2, albendazole first", "Both stage cysts")
"""Of each text of a case, an opinion and a finding: what no report tells."""
ACTION = "Send the follow-up CT"


@dataclass
class MetYear:
    """Three hospitals that consult each other. `met`: consultations by a word each."""

    alliance: Consulting
    met: dict[str, str] = field(default_factory=dict)

    def acts(self) -> list[tuple[date, Callable[[], None]]]:
        """What happens on which day, in order."""
        return [
            (date(YEAR, 3, 2), self.proposals),
            (date(YEAR, 3, 4), self.one_is_called_off_and_one_was_a_mistake),
            (date(YEAR, 3, 6), self.a_case_is_withdrawn_and_a_session_moves),
            (date(YEAR, 3, 10), self.the_first_takes_place),
            (date(YEAR, 3, 12), self.the_series_begins),
            (date(YEAR, 3, 13), self.hotan_leaves_the_series),
            (date(YEAR, 3, 16), self.an_action_is_done_and_one_dropped),
            (date(YEAR, 3, 20), self.nobody_comes),
            (date(YEAR, 3, 24), self.another_action_is_done_late),
            (date(YEAR, 3, 26), self.a_session_is_called_off),
        ]

    def lived(self) -> list[date]:
        """All of it; the days on which something happened. Afterwards it is `LAST`."""
        days = []
        for day, act in self.acts():
            self.at(day, 8)
            act()
            days.append(day)
        self.at(LAST, 6)
        return days

    def at(self, day: date, hour: int) -> None:
        self.alliance.clock.moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)

    def report(self, actor: Actor | None = None, /, **asked: Any) -> Receipt:
        """Has a report made: of the agreement in this year, unless something else is asked for."""
        fields: dict[str, Any] = {"year": YEAR} | asked
        if "site_id" not in fields:
            fields.setdefault("agreement_id", self.alliance.agreement)
        command = parsed(commands.MakeAnnualReport, fields)
        return self.alliance.exchange.make_annual_report(command, self.alliance.context(actor or ADMIN))

    def proposals(self) -> None:
        there = self.alliance
        cases = [there.case(), there.case(reference="GLT-2026-015", urgency="routine")]
        self.met["first"] = there.booked(cases=cases, minutes=75)
        emergency = [there.case(urgency="emergency")]
        self.met["urgent"] = there.booked(begins=f"{YEAR}-03-11T06:00:00Z", urgent=True, cases=emergency)
        weekly = {"begins": f"{YEAR}-03-12T06:00:00Z", "recurrence": "FREQ=WEEKLY;COUNT=5"}
        last = there.case(slot=f"{YEAR}-04-09T06:00:00Z", urgency="routine")
        self.met["series"] = there.booked(**weekly, cases=[last], title="=Round of the liver")
        self.met["mistake"] = there.booked(begins=f"{YEAR}-03-30T06:00:00Z")
        self.met["unanswered"] = there.propose(there.coordinator, begins=f"{YEAR}-09-01T06:00:00Z").id

    def one_is_called_off_and_one_was_a_mistake(self) -> None:
        self.give("cancel_consultation", "urgent", reason="The patient was flown out.")
        self.give("mark_consultation_entered_in_error", "mistake", ADMIN, reason="Twice.")

    def a_case_is_withdrawn_and_a_session_moves(self) -> None:
        routine = self.alliance.view(self.met["first"])["cases"][1]["id"]
        self.give("withdraw_case", "first", case_id=routine, reason="It was settled by telephone.")
        moved = {"slot": self.slot(1), "begins": f"{YEAR}-03-18T07:00:00Z"}
        self.give("move_session", "series", **moved, reason="A holiday.")

    def the_first_takes_place(self) -> None:
        there, people = self.alliance, self.alliance.people
        urgent = there.view(self.met["first"])["cases"][0]["id"]
        actions = [
            {"what": ACTION, "owner": people[owner], "due_on": due}
            for owner, due in (
                ("presenter", f"{YEAR}-03-17"), ("chair", f"{YEAR}-03-18"), ("presenter", f"{YEAR}-03-19"),
                ("deputy", f"{YEAR}-04-02"), ("chair", f"{YEAR}-12-01"),
            )
        ]  # fmt: skip
        finding = {"summary": "Both stage cysts differently.", "outcome_type": "research-tool", "due_days": 90}
        self.give(
            "close_session",
            "first",
            attended=[people[name] for name in ("chair", "presenter", "interpreter")],
            opinions={urgent: "CE2, albendazole first."},
            actions=actions,
            finding=finding,
        )

    def the_series_begins(self) -> None:
        attended = [self.alliance.people[name] for name in ("chair", "deputy", "specialist")]
        self.give("close_session", "series", slot=self.slot(0), attended=attended)

    def hotan_leaves_the_series(self) -> None:
        staying = self.alliance.participants("chair", "presenter", "interpreter")
        self.give("change_participants", "series", participants=staying, reason="The specialist is away.")

    def an_action_is_done_and_one_dropped(self) -> None:
        first, _, third, *_ = self.actions()
        self.give("complete_action", "first", action_id=first, done_on=f"{YEAR}-03-16", note="Sent.")
        self.give("drop_action", "first", action_id=third, reason="Not needed.")

    def nobody_comes(self) -> None:
        self.give("mark_session_missed", "series", slot=self.slot(1), reason="The line was down.")

    def another_action_is_done_late(self) -> None:
        done = {"action_id": self.actions()[1], "done_on": f"{YEAR}-03-24", "note": "Sent."}
        self.give("complete_action", "first", **done)

    def a_session_is_called_off(self) -> None:
        self.give("cancel_session", "series", slot=self.slot(3), reason="Qingming.")

    def slot(self, number: int) -> str:
        """Of the session of the series."""
        return str(self.alliance.view(self.met["series"])["sessions"][number]["slot"])

    def actions(self) -> list[str]:
        return [each["id"] for each in self.alliance.view(self.met["first"])["actions"]]

    def give(self, name: str, met: str, by: Actor | None = None, /, **fields: Any) -> None:
        self.alliance.give(name, self.met[met], by, **fields)


def told_then_and_later(year: MetYear) -> tuple[list[str], list[str]]:
    """The reports made on the evening of each day, and those of the same days made at the end: their ids.

    An id follows from what was asked and all that is told, so that equal ids are equal reports.
    """
    subjects = [{}, *({"site_id": site} for site in year.alliance.sites.values())]
    then, days = [], []
    for day, act in year.acts():
        year.at(day, 8)
        act()
        year.at(day, EVENING)
        days.append(day)
        then += [year.report(**subject, zone="Asia/Karachi").id for subject in subjects]
    year.at(date(YEAR, 11, 20), 6)
    later = [
        year.report(**subject, as_of=day.isoformat(), zone="Asia/Karachi").id for day in days for subject in subjects
    ]
    return then, later
