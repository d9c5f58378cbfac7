"""The chapter of the outcome: from the report, past gates and what law asks, to hospitals that use it."""

from collections.abc import Iterator

from khunjerab.demo.act import Act, Chapter
from khunjerab.demo.acts import agreement_track, gates, law, measuring, outcome, publishing, references, using

TRIED_DAYS = 30


class IntoPractice(Chapter):
    """The acts in order."""

    def acts(self) -> Iterator[Act]:
        yield self.act("gulnar", "enters what law and the hospital ask of what goes to Pakistan", law.require)
        yield self.time(30, "while the visitors write up what they brought home")
        yield self.act("bano", "reports the outcome that research expects of the visit", outcome.report)
        yield self.act("bano", "adds its details, and who contributed, by ORCID iD", outcome.add_details)
        yield from self._judged()
        yield from self._agreed()
        yield from self._tried()
        yield from self._used()
        yield self.act("ali", "looks at the measures", measuring.look)
        yield self.act("bano", "makes the outcome public, with both departments' consent", publishing.publish)
        yield Act("", "a catalogue of research harvests it, without an account", lambda: publishing.harvest(self.stage))
        yield self.act(
            "hussain", "brings a file of papers for Bano, and sees what each would become", references.preview
        )
        yield self.act("hussain", "confirms it: those that are new wait for a claim", references.confirm)

    def _judged(self) -> Iterator[Act]:
        """The first three gates."""
        yield self.act(
            "ali", "is refused at the gate before evaluation: he has nothing to show", gates.refused_evidence
        )
        yield self.act("ali", "accepts the gate before evaluation, on a report", gates.passes("evaluation"))
        yield self.act("ali", "defers the gate before protection, as counsel is away", gates.defer)
        yield self.time(gates.DEFERRED_DAYS, "and the gate comes back", gates.wait_until_it_is_back)
        yield self.act("ali", "accepts the gate before protection", gates.passes("protection"))
        yield self.act("ali", "is refused at the gate before terms: law asks first", gates.refused_clearance)
        yield self.act("zhang", "records that the export of the data is cleared", law.clear)
        yield self.act("ali", "accepts the gate before terms", gates.passes("terms"))

    def _agreed(self) -> Iterator[Act]:
        """What the hospitals themselves agree on, step by step."""
        yield self.act("hussain", "opens a material transfer agreement with Kashgar", agreement_track.open_track)
        yield self.act("zhang", "drafts it for the side that gives", agreement_track.draft)
        yield self.act("hussain", "reviews it for the side that takes", agreement_track.take("review"))
        for who in ("zhang", "hussain"):
            yield self.act(who, "has it reviewed by counsel", agreement_track.take_what_is_awaited)
        yield self.act("ali", "signs for Gilgit", agreement_track.sign)
        yield self.act("gulnar", "signs for Kashgar: it is in force", agreement_track.sign)

    def _tried(self) -> Iterator[Act]:
        yield self.act("gulnar", "rates how ready it is, in four domains", gates.rate)
        yield self.act("ali", "accepts the gate before the pilot, and is warned", gates.passes_warned("pilot"))
        yield self.time(TRIED_DAYS, "while one ward tries it")
        yield self.act("ali", "accepts the gate before adoption", gates.passes("adoption"))

    def _used(self) -> Iterator[Act]:
        yield self.act("hussain", "confirms that the hospital in Gilgit has adopted it, for how many", using.adopt)
        asked = "and the hospital is asked whether it still uses it"
        yield self.until(using.follow_up_due(self.stage), asked, using.wait_until_it_is_asked)
        yield self.act("hussain", "says that it does, and for how many since", using.follow_up)
