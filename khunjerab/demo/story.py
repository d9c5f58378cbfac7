"""The main job as a story: each act is somebody opening a page and doing something there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chassis.clock import DemoClock
from khunjerab.demo.memorandum import Memorandum
from khunjerab.demo.pages import Browser, Page

GATES = ("evaluation", "protection", "terms", "pilot", "adoption")


@dataclass(frozen=True)
class Act:
    """`who` (a key of the sample, or empty for time itself) does `what`; `play` does it."""

    who: str
    what: str
    play: Callable[[], None]


@dataclass
class Story:
    """Plays the acts in order. `ids` gathers what the pages told: the visit, the outcome."""

    memorandum: Memorandum
    password: str
    web_url: str
    clock: DemoClock
    outcome_of: Callable[[str], str]
    ids: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)

    def acts(self) -> Iterator[Act]:
        """Every act, first to last."""
        wanted = self.memorandum.sample["visit"]
        for partner in ("li", "gulnar", "ali"):
            yield Act(partner, "approves the agreement's exact text", lambda who=partner: self._approve(who))  # type: ignore[misc]
        yield Act("ali", "proposes a staff visit under the agreement", self._propose)
        yield Act("zhang", "accepts for the host department: it is booked", self._accept)
        yield self._time(wanted["in_days"], "until the day of arrival")
        yield Act("zhang", "records the arrival", self._arrive)
        yield self._time(wanted["for_days"], "while the visitors are there")
        yield Act("zhang", "notes that the visit is fulfilled, with a short report", self._fulfil)
        yield self._time(30, "while the visitors write up what they brought home")
        yield Act("bano", "reports the outcome that research expects of the visit", self._report)
        for gate in GATES:
            yield Act("ali", f"accepts the gate before {gate}", lambda gate=gate: self._gate(gate))  # type: ignore[misc]
        yield Act("hussain", "confirms that the hospital in Gilgit has adopted it", self._adopt)

    def _time(self, days: int, why: str) -> Act:
        return Act("", f"{days} days pass {why}", lambda: self._pass(days))

    def _pass(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))

    def _approve(self, who: str) -> None:
        browser, page = self._opened(who, f"/agreements/{self.memorandum.agreement}")
        browser.send(page, "/approve", {})

    def _propose(self) -> None:
        wanted = self.memorandum.sample["visit"]
        browser, page = self._opened("ali", self._proposal_address())
        arrival = self.clock.now().date() + timedelta(days=wanted["in_days"])
        typed: dict[str, str | list[str]] = {
            "purpose": wanted["purpose"],
            "host_department": self.ids["department"],
            "visitors": [self.memorandum.person(key) for key in wanted["visitors"]],
            "leader": self.memorandum.person(wanted["leader"]),
            "planned_arrival": arrival.isoformat(),
            "planned_departure": (arrival + timedelta(days=wanted["for_days"])).isoformat(),
        }
        shown = browser.send(page, "/propose", typed)
        self.ids["visit"] = shown.address.rstrip("/").rpartition("/")[2]

    def _proposal_address(self) -> str:
        return f"/agreements/{self.memorandum.agreement}/{self.ids['condition']}/propose"

    def _accept(self) -> None:
        self._on_visit("zhang", "/reply/host-department", {"status": "accepted", "reason": "Two places on the ward."})

    def _arrive(self) -> None:
        self._on_visit("zhang", "/arrival", {"arrived_on": self._today()})

    def _fulfil(self) -> None:
        report = "Both surgeons followed the ward and nine operations; a screening protocol is being written."
        self._on_visit("zhang", "/fulfil", {"departed_on": self._today(), "report": report})

    def _report(self) -> None:
        self.ids["outcome"] = self.outcome_of(self.ids["visit"])
        self._on_outcome("bano", "/report", dict(self.memorandum.sample["outcome"]))

    def _gate(self, gate: str) -> None:
        typed: dict[str, Any] = {"decision": "accepted", "evidence": f"Minutes of the {gate} meeting"}
        self._on_outcome("ali", "/gate", typed)

    def _adopt(self) -> None:
        site = self.memorandum.site("gilgit")
        self._on_outcome("hussain", "/adoption", {"adopting_site": site, "adopted_on": self._today()})

    def _on_visit(self, who: str, action: str, typed: dict[str, Any]) -> Page:
        browser, page = self._opened(who, f"/visits/{self.ids['visit']}")
        return browser.send(page, action, typed)

    def _on_outcome(self, who: str, action: str, typed: dict[str, Any]) -> Page:
        browser, page = self._opened(who, f"/outcomes/{self.ids['outcome']}")
        return browser.send(page, action, typed)

    def _opened(self, who: str, path: str) -> tuple[Browser, Page]:
        """A person's browser and the page in it; signs in where the page asks for it, as it does again after weeks."""
        browser = self.browsers.setdefault(who, Browser(self.web_url))
        page = browser.open(path)
        if page.offers("/sign-in"):
            browser.send(page, "/sign-in", {"email": self.memorandum.email(who), "password": self.password})
            page = browser.open(path)
        return browser, page

    def _today(self) -> str:
        return self.clock.now().date().isoformat()
