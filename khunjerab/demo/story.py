"""The main job as a story: each act is somebody opening a page, or giving a call, and doing something there."""

from collections.abc import Iterator
from datetime import timedelta

from khunjerab.demo.act import Act, Chapter
from khunjerab.demo.acts import accounting, agreeing, connecting, consulting, papers, visiting
from khunjerab.demo.into_practice import IntoPractice


class Story(Chapter):
    """The acts in order."""

    def acts(self) -> Iterator[Act]:
        """Every act, first to last."""
        yield self.act("administrator", "imports a third hospital and its people", agreeing.bring_spreadsheet)
        for partner in ("li", "gulnar", "ali"):
            yield self.act(partner, "approves the agreement's exact text", agreeing.approve)
        yield from self._consultation()
        yield self.act("administrator", "has the hospital's own system told of visits", connecting.register_system)
        yield from self._visit()
        yield from IntoPractice(self.stage).acts()
        yield self.act("gulnar", "prints the annual report, in three languages", accounting.print_annual_report)

    def _consultation(self) -> Iterator[Act]:
        """An urgent one of three sites."""
        asked = "proposes an urgent consultation of three sites, at the best time that they all have"
        yield self.act("ali", asked, consulting.propose)
        for who in ("chen", "li", "maryam", "bano"):
            yield self.act(who, "accepts", consulting.accept)
        yield self.act("ali", "moves it half an hour later: everybody is asked again", consulting.move)
        for who in ("chen", "li", "maryam", "bano"):
            yield self.act(who, "accepts the other time", consulting.accept)
        yield self._near("the hour comes near: everybody is reminded")
        yield self.act("chen", "closes it with an opinion, and something to be done", consulting.close)
        yield self.time(3, "while the follow-up images are made")
        yield self.act("bano", "has done what was asked of her", consulting.complete)

    def _visit(self) -> Iterator[Act]:
        """Of two surgeons, from the proposal to what it cost."""
        yield self.act("ali", "proposes a staff visit under the agreement", visiting.propose)
        yield self.act("zhang", "names a deputy, who hears of what waits too long", visiting.name_deputy)
        yield self._unanswered("half of the time for a reply passes: the deputy is told")
        yield self.act("zhang", "accepts for the host department: it is booked", visiting.accept)
        yield self.act("hussain", "enters the visitors' passports, which are sealed", papers.enter_passports)
        yield self.act("zhang", "issues a letter of invitation to each visitor", papers.invite)
        yield self.act("bano", "fetches her letter as a PDF", papers.fetch_letter)
        yield self.act("hussain", "hears that the leader's visa slips: later days are proposed", papers.slip_visa)
        yield self.act("ali", "moves the visit to the proposed days", papers.move_to_proposed_days)
        yield self.act("zhang", "accepts the new days; the letters are made anew", visiting.accept)
        arrival = visiting.planned_arrival(self.stage)
        yield self.until(arrival - timedelta(days=2), "and who travels, and who expects them, is reminded")
        yield self.until(arrival, "until the day of arrival")
        yield self.act("zhang", "records the arrival", visiting.arrive)
        yield self.time(self.stage.memorandum.sample["visit"]["for_days"], "while the visitors are there")
        yield self.act("zhang", "notes that the visit is fulfilled, with a short report", visiting.fulfil)
        yield self.act("hussain", "enters what the flights cost", accounting.enter_costs)

    def _unanswered(self, why: str) -> Act:
        return Act("", why, lambda: visiting.wait_unanswered(self.stage))

    def _near(self, why: str) -> Act:
        return Act("", why, lambda: consulting.wait_until_it_is_near(self.stage))
