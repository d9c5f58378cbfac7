"""A year in which nearly everything happens that an annual report tells of, by commands alone and day by day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.decision import Receipt
from contracts.envelope import CloudEvent
from contracts.research.v1 import OutcomeEvent, OutcomeQuestioned, OutcomeReported
from services.exchange.application import commands, queries
from tests.alliance import ADMIN, YEAR, Alliance
from tests.event_factory import make_event

LAST = date(YEAR, 11, 20)
EVENING = 18
"""The hour, UTC, at which the day of each act is looked at again: late in Gilgit."""


@dataclass
class ReportedYear:
    """The small alliance, of which every act is of one day. `visits` are by a letter each."""

    alliance: Alliance
    visits: dict[str, Receipt] = field(default_factory=dict)

    def acts(self) -> list[tuple[date, Callable[[], None]]]:
        """What happens on which day, in order."""
        return [
            (date(YEAR, 3, 2), self.proposals),
            (date(YEAR, 3, 5), self.bookings_and_budgets),
            (date(YEAR, 3, 9), self.a_step_slips),
            (date(YEAR, 3, 20), self.a_visit_moves_to_the_next_year),
            (date(YEAR, 3, 25), self.the_step_is_done),
            (date(YEAR, 4, 7), self.arrival),
            (date(YEAR, 4, 9), self.departure_and_costs),
            (date(YEAR, 5, 20), self.nobody_came_one_gave_up_one_was_a_mistake),
            (date(YEAR, 6, 1), self.a_rate_is_corrected_and_an_outcome_counted),
            (date(YEAR, 7, 1), self.more_is_promised),
            (date(YEAR, 8, 3), self.a_site_has_another_name),
            (date(YEAR, 9, 7), self.a_visit_of_the_spring_is_entered),
            (date(YEAR, 10, 5), self.an_outcome_keeps_two_promises),
            (date(YEAR, 10, 12), self.an_outcome_is_questioned),
        ]

    def lived(self) -> list[date]:
        """All of it; the days on which something happened."""
        return [day for day, act in self.acts() if self.on(day, act)]

    def on(self, day: date, act: Callable[[], None]) -> bool:
        """The act at noon in Kashgar; the clock is then moved to the evening of the same day."""
        self.at(day, 6)
        act()
        self.at(day, EVENING)
        return True

    def at(self, day: date, hour: int) -> None:
        self.alliance.clock.moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)

    def report(self, actor: Actor | None = None, /, **asked: Any) -> Receipt:
        """Has a report made: of the agreement in this year, in yuan, unless something else is asked for."""
        fields: dict[str, Any] = {"year": YEAR, "currency": "CNY"} | asked
        if "site_id" not in fields:
            fields.setdefault("agreement_id", self.alliance.agreement)
        command = parsed(commands.MakeAnnualReport, fields)
        return self.alliance.exchange.make_annual_report(command, self.alliance.context(actor or self.alliance.manager))

    def proposals(self) -> None:
        for letter, arrival, people in (
            ("a", date(YEAR, 4, 6), 2), ("b", date(YEAR, 5, 6), 1), ("c", date(YEAR, 5, 18), 1),
            ("d", date(YEAR, 6, 8), 3), ("e", date(YEAR, 10, 5), 1), ("f", date(YEAR, 12, 7), 2),
        ):  # fmt: skip
            visitors = [self.alliance.person(f"{letter} {number}") for number in range(people)]
            self.visits[letter] = self.alliance.propose(*visitors, arrival=arrival)

    def bookings_and_budgets(self) -> None:
        for letter in "abcde":
            self.visits[letter] = self.alliance.accept(self.visits[letter])
        self.rate("PKR", "0.0256")
        for kind, currency, amount in (("stay", "CNY", "2100.10"), ("travel", "PKR", "85000.55")):
            self.line("a", kind, currency, amount)
        self.line("b", "stay", "CNY", "700")
        self.line("c", "visa", "PKR", "33.33")
        self.line("e", "insurance", "USD", "120")

    def a_step_slips(self) -> None:
        slip = {"step": f"china-visa:{self.leader}", "expected": f"{YEAR}-04-01", "reason": "The consulate is closed."}
        self.step("slip_step", commands.SlipStep, 0, **slip)
        self.step("complete_step", commands.CompleteStep, 1, step=f"leave:{self.leader}", done_on=f"{YEAR}-03-09")

    def the_step_is_done(self) -> None:
        done = {"step": f"china-visa:{self.leader}", "done_on": f"{YEAR}-03-25", "variant": "F"}
        self.step("complete_step", commands.CompleteStep, 2, **done)

    def a_visit_moves_to_the_next_year(self) -> None:
        days = {"planned_arrival": f"{YEAR + 1}-01-11", "planned_departure": f"{YEAR + 1}-01-13"}
        self.change("b", "reschedule_visit", commands.RescheduleVisit, **days, reason="The road is closed.")

    def arrival(self) -> None:
        self.change("a", "record_arrival", commands.RecordArrival, arrived_on=f"{YEAR}-04-06")

    def departure_and_costs(self) -> None:
        self.change(
            "a", "fulfil_visit", commands.FulfilVisit, departed_on=f"{YEAR}-04-09", report="Two taught to stage."
        )
        lines = self.budget("a")["lines"]
        for version, (line, amount) in enumerate(zip(lines, ("2000", "83250.5"), strict=True), 3):
            spent = {"visit_id": self.visits["a"].id, "line_id": line["id"], "amount": amount, "day": f"{YEAR}-04-06"}
            self.do("enter_actual", commands.EnterActual, self.alliance.manager, **spent, expected_version=version - 1)

    def nobody_came_one_gave_up_one_was_a_mistake(self) -> None:
        self.change("c", "mark_noshow", commands.MarkNoshow, reason="Nobody came.")
        self.change("d", "cancel_visit", commands.CancelVisit, self.alliance.manager, reason="No leave.")
        self.change("e", "mark_entered_in_error", commands.MarkEnteredInError, self.alliance.manager, reason="Twice.")

    def a_rate_is_corrected_and_an_outcome_counted(self) -> None:
        self.rate("PKR", "0.0261", expected_version=1, reason="Misread.")
        self.research_tells(OutcomeReported, outcome="out_first")

    def an_outcome_keeps_two_promises(self) -> None:
        self.research_tells(OutcomeReported, outcome="out_second")

    def an_outcome_is_questioned(self) -> None:
        self.research_tells(OutcomeQuestioned, outcome="out_first")

    def research_tells(self, kind: type[OutcomeEvent], **data: Any) -> None:
        """Of an outcome of the first visit, now."""
        of = {"agreement": self.alliance.agreement, "condition": self.alliance.condition, "visit_year": YEAR}
        envelope = {"time": self.alliance.clock.now().isoformat()}
        told = make_event(kind.type, envelope=envelope, visit=self.visits["a"].id, **of, **data)
        handler = self.alliance.exchange.handlers()[kind.type]
        handler(CloudEvent.model_validate(told), kind.model_validate(told["data"]))

    def more_is_promised(self) -> None:
        asked = parsed(queries.AskAgreement, {"agreement_id": self.alliance.agreement})
        view = self.alliance.exchange.agreement(asked, self.alliance.manager)
        names = ("names", "partners", "fields", "in_effect_from", "in_effect_until", "note")
        kept = {"balance", "visits_per_year"}
        conditions = [{key: value for key, value in each.items() if key not in kept} for each in view["conditions"]]
        text = {name: view[name] for name in names if name in view} | {
            "partners": [self.alliance.sending, self.alliance.host],
            "conditions": [
                *(each | {"visits_per_year": 120} for each in conditions),
                self.joint_outcome(conditions[0]),
            ],
        }
        amended = {"agreement_id": self.alliance.agreement, "reason": "It goes well.", "expected_version": 3} | text
        self.do("amend_agreement", commands.AmendAgreement, self.alliance.manager, **amended)
        for version, who in enumerate((self.alliance.manager, self.alliance.host_manager), 4):
            waiting = self.alliance.exchange.agreement(asked, who)["amendment"]["text_hash"]
            approval = {"agreement_id": self.alliance.agreement, "text_hash": waiting, "expected_version": version}
            self.do("approve_agreement", commands.ApproveAgreement, who, **approval)

    def joint_outcome(self, like: dict[str, Any]) -> dict[str, Any]:
        """A condition of the same field and way."""
        kept = {name: like[name] for name in ("field", "sending_site", "host_site", "acceptance", "reply_within_days")}
        none = {"visits_per_year": 0, "visitor_days_per_year": 0}
        return {"kind": "joint-outcome", "outcomes_per_year": 3, **none, **kept}

    def a_site_has_another_name(self) -> None:
        site = self.alliance.exchange.site(parsed(queries.AskSite, {"site_id": self.alliance.host}), ADMIN)
        named = {"site_id": self.alliance.host, "names": {"en": "Kashgar First", "zh": "喀什一院"}, "country": "CN",
                 "zone": "Asia/Shanghai"}  # fmt: skip
        self.do("change_site", commands.ChangeSite, ADMIN, **named, expected_version=site["version"])

    def a_visit_of_the_spring_is_entered(self) -> None:
        person = self.alliance.person("Late")
        fields = {"agreement_id": self.alliance.agreement, "condition_id": self.alliance.condition, "leader": person,
                  "host_department": self.alliance.department, "visitors": [person], "purpose": "Staging",
                  "actual_arrival": f"{YEAR}-02-02", "actual_departure": f"{YEAR}-02-05",
                  "reason": "By telephone."}  # fmt: skip
        self.visits["past"] = self.do("enter_past_visit", commands.EnterPastVisit, self.alliance.manager, **fields)

    @property
    def leader(self) -> str:
        asked = parsed(queries.AskVisit, {"visit_id": self.visits["a"].id})
        leader: str = self.alliance.exchange.visit(asked, self.alliance.manager)["leader"]
        return leader

    def step(self, intent: str, model: Any, version: int, /, **fields: Any) -> None:
        named = {"visit_id": self.visits["a"].id, "expected_version": version} | fields
        self.do(intent, model, self.alliance.manager, **named)

    def budget(self, letter: str) -> dict[str, Any]:
        asked = parsed(queries.AskVisitBudget, {"visit_id": self.visits[letter].id})
        return self.alliance.exchange.visit_budget(asked, self.alliance.manager)

    def line(self, letter: str, kind: str, currency: str, amount: str) -> None:
        version = self.budget(letter)["version"]
        told = {"visit_id": self.visits[letter].id, "kind": kind, "currency": currency, "budgeted": amount}
        seen = {"expected_version": version} if version else {}
        self.do("add_money_line", commands.AddMoneyLine, self.alliance.manager, **told, **seen)

    def rate(self, currency: str, rate: str, **more: Any) -> None:
        told = {"from_currency": currency, "to_currency": "CNY", "rate": rate, "day": f"{YEAR}-03-01", "source": "SBP"}
        self.do("enter_rate", commands.EnterRate, self.alliance.manager, **told, **more)

    def change(self, letter: str, intent: str, model: Any, actor: Actor | None = None, /, **fields: Any) -> None:
        visit = self.visits[letter]
        named = {"visit_id": visit.id, "expected_version": visit.version} | fields
        self.visits[letter] = self.do(intent, model, actor or self.alliance.coordinator, **named)

    def do(self, intent: str, model: Any, actor: Actor, /, **fields: Any) -> Any:
        context = self.alliance.context(actor, fields.get("expected_version"))
        return getattr(self.alliance.exchange, intent)(parsed(model, fields), context)


def told_then_and_later(year: ReportedYear) -> tuple[list[str], list[str]]:
    """The reports made on the evening of each day, and those of the same days made a year later: their ids.

    An id follows from what was asked and all that is told, so that equal ids are equal reports.
    """
    subjects: list[dict[str, str]] = [{}, {"site_id": year.alliance.sending}]
    days, then = [], []
    for day, act in year.acts():
        year.on(day, act)
        days.append(day)
        then += [year.report(**subject).id for subject in subjects]
    year.at(date(YEAR + 1, 11, 20), 6)
    return then, [year.report(**subject, as_of=day.isoformat()).id for day in days for subject in subjects]
