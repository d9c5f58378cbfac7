"""docs/research/agreement-tracks.md, made from the tables: `python -m tests.unit.research.agreement_tracks_page`."""

from pathlib import Path

from services.research.domain.agreement_tracks.definitions import STEPS, Definition
from services.research.domain.agreement_tracks.lifecycle import LEADS

PAGE = Path(__file__).parents[3] / "docs/research/agreement-tracks.md"

_HEAD = """# Agreement tracks: MTA, DTA, licence

Written by `python -m tests.unit.research.agreement_tracks_page` from `services/research/domain/agreement_tracks/`; a
test fails when the two differ, and another gives every command in every state.

What goes from one institution to the other is agreed by both: a material transfer agreement (MTA), a data transfer
agreement (DTA), a licence. Each has a **track** (`tra_…`) of steps, taken in order by one side or the other, from the
draft to both signatures. In force, it clears what [law asks](legal-gates.md) of the outcomes that it serves; how it is
called is shown there. (The exchange's [tracks](../exchange/tracks.md), `trk_…`, are what is to be done around a visit.)

```mermaid
stateDiagram-v2
    [*] --> open: open_track
{moves}
```

`expire` is a timer's: the last day is over.

## Steps

The **provider** gives, the **recipient** takes. A step has so many calendar days, at the site of its side, from the day
on which it is waited for. A track keeps the steps that it was opened with.
"""
_RULES = """
## Rules

- **Turns.** While a track is open, exactly one step of one side is waited for: `waiting_for` names the side, its site,
  the step, since when and until which day. Managers and coordinators of that site take it; managers alone sign.
- **The text.** The draft brings an address, a SHA-256 and, where the agreement has an end, its last day at the
  provider's. Each signature names the sum of the text that it is given for. No text is stored.
- **Signatures.** Nobody signs for the other side, and nobody for both: whoever belongs to both sites signs once. With
  the second signature the agreement is in force, from that day at the provider's.
- **Sent back.** Whoever's turn it is sends back to any step that was taken, with a reason: all from there on is done
  again, and what was signed on the way is signed no more.
- **Late.** A step is late when its last day is over at its site. That is told once each time that the step is waited
  for.
- **The end.** An agreement with a last day is warned of 30 days before and expires after it. Managers of either side
  end it with a reason, before the signatures (given up) or after (terminated): one side is enough to end what it takes
  two to make. A renewal is a track of its own.
- **Outcomes** come of both sites, and are reported, adopted or still expected, when the track is opened. Where none of
  them stands any more (withdrawn, waived) the track ends by itself when it would fall late; one in force lasts. One
  that was merged into another is served as that.
- **One more outcome**: while nobody has signed, managers and coordinators of either side propose one (`widen_track`,
  with a reason), and those of the other side agree (`agree_to_widening`). Until then it is not served: it stands among
  `widenings`, with the side that it waits for (`waits_for`, `site`), and in the list of what waits for that site
  (`tracks` with `waiting_site`). Either side declines it (`decline_widening`, with a reason): the other one, or who
  proposed it. Nobody agrees to what they proposed, even of both sites; nobody signs while one waits. It changes no text
  and no turn: whoever wants another text sends it back.
- **Signed** is signed: what one side has put its name under is widened only after it was sent back, and an agreement in
  force not at all. What is agreed on then, the amendment, is a track of its own, of the same kind between the same two,
  for the outcomes that it adds: it clears them by itself, and the earlier one goes on as it was signed.
- **A site that has left** the alliance takes no steps: nobody tells research of it, the step falls late, and the other
  side ends the track.
- **Who sees it**: both sites, each every step of the other; who owes or follows one of its outcomes, or opened it;
  administrators.

## Refusals

`OneEndOnly`, `OutcomeNotOfSides`, `TrackNotOpen`, `StepNotAwaited`, `SignatureNeeded`, `NoSignatureYet`, `TextNeeded`,
`TextOfNoDraft`, `PaperInvalid`, `TermOver`, `AnotherText`, `SignedByTheSame`, `NotAnEarlierStep`; of one more outcome
`ServedAlready`, `ProposedAlready`, `ServesTooMany` (20 at most), `SignedAlready` (which sides have),
`WideningNotProposed`, `AgreedByTheSame`, and at a signature `WideningAwaited`. And `WrongState`, `StaleVersion`,
`NotAllowed`, `Unknown`. Nothing is written by what is refused.

## Events

`research.track.` `waits` (each time that another step is waited for: it was opened, one was taken, or it was sent back,
and why), `widening` (one more outcome was proposed, agreed to or declined), `step-overdue`, `in-force`, `expiring`,
`expired`, `ended`, each `.v1`, with both sites and who follows it.
"""


def page() -> str:
    """The whole page."""
    moves = [
        f"    {before} --> {after}: {command}"
        for command, leads in LEADS.items()
        for before, afters in leads.items()
        for after in afters
    ]
    tables = "".join(_table(kind, steps) for kind, steps in STEPS.items())
    return _HEAD.format(moves="\n".join(moves)) + tables + _RULES


def _table(kind: str, steps: tuple[Definition, ...]) -> str:
    rows = "".join(f"| `{step.name}` | {step.side} | {step.days} days | {_by(step)} |\n" for step in steps)
    return f"\n### `{kind}`\n\n| step | side | within | |\n|---|---|---|---|\n{rows}"


def _by(step: Definition) -> str:
    return "`sign_track`" if step.signs else "`take_step` with its text" if step.drafts else "`take_step`"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
