"""The main job as a story: each act is somebody opening a page, or giving a call, and doing something there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from khunjerab.demo.acts import accounting, agreeing, consulting, outcome, papers, visiting
from khunjerab.demo.stage import Stage


@dataclass(frozen=True)
class Act:
    """`who` (a key of the sample, or empty for time itself) does `what`; `play` does it."""

    who: str
    what: str
    play: Callable[[], None]


@dataclass(frozen=True)
class Story:
    """Plays the acts in order."""

    stage: Stage

    def acts(self) -> Iterator[Act]:
        """Every act, first to last."""
        stage = self.stage
        yield self._act("administrator", "imports a third hospital and its people", agreeing.bring_spreadsheet)
        for partner in ("li", "gulnar", "ali"):
            yield self._act(partner, "approves the agreement's exact text", agreeing.approve)
        yield from self._consultation()
        yield self._act("ali", "proposes a staff visit under the agreement", visiting.propose)
        yield self._act("zhang", "accepts for the host department: it is booked", visiting.accept)
        yield self._act("hussain", "enters the visitors' passports, which are sealed", papers.enter_passports)
        yield self._act("zhang", "issues a letter of invitation to each visitor", papers.invite)
        yield self._act("bano", "fetches her letter as a PDF", papers.fetch_letter)
        yield self._time(7, "while visas are waited for")
        yield self._act("hussain", "hears that the leader's visa slips: later days are proposed", papers.slip_visa)
        yield self._act("ali", "moves the visit to the proposed days", papers.move_to_proposed_days)
        yield self._act("zhang", "accepts the new days; the letters are made anew", visiting.accept)
        yield self._until(visiting.planned_arrival(stage), "until the day of arrival")
        yield self._act("zhang", "records the arrival", visiting.arrive)
        yield self._time(stage.memorandum.sample["visit"]["for_days"], "while the visitors are there")
        yield self._act("zhang", "notes that the visit is fulfilled, with a short report", visiting.fulfil)
        yield self._act("hussain", "enters what the flights cost", accounting.enter_costs)
        yield self._time(30, "while the visitors write up what they brought home")
        yield self._act("bano", "reports the outcome that research expects of the visit", outcome.report)
        for gate in outcome.GATES:
            yield Act("ali", f"accepts the gate before {gate}", lambda gate=gate: outcome.pass_gate(stage, "ali", gate))  # type: ignore[misc]
        yield self._act("hussain", "confirms that the hospital in Gilgit has adopted it", outcome.adopt)
        yield self._act("gulnar", "prints the annual report, in three languages", accounting.print_annual_report)

    def _consultation(self) -> Iterator[Act]:
        """An urgent one of three sites."""
        asked = "proposes an urgent consultation of three sites, at the best time that they all have"
        yield self._act("ali", asked, consulting.propose)
        for who in ("chen", "li", "maryam", "bano"):
            yield self._act(who, "accepts", consulting.accept)
        yield self._act("ali", "moves it half an hour later: everybody is asked again", consulting.move)
        for who in ("chen", "li", "maryam", "bano"):
            yield self._act(who, "accepts the other time", consulting.accept)
        yield self._near("the hour comes near: everybody is reminded")
        yield self._act("chen", "closes it with an opinion, and something to be done", consulting.close)
        yield self._time(3, "while the follow-up images are made")
        yield self._act("bano", "has done what was asked of her", consulting.complete)

    def _act(self, who: str, what: str, play: Callable[[Stage, str], None]) -> Act:
        return Act(who, what, lambda: play(self.stage, who))

    def _near(self, why: str) -> Act:
        return Act("", why, lambda: consulting.wait_until_it_is_near(self.stage))

    def _until(self, day: date, why: str) -> Act:
        return self._time((day - self.stage.today()).days, why)

    def _time(self, days: int, why: str) -> Act:
        return Act("", f"{days} days pass {why}", lambda: self.stage.wait(days))
