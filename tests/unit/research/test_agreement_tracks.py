"""An agreement between two sites: step by step, each side in its turn, to both signatures and to its end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.decision import Decision
from services.research.domain.agreement_tracks import events
from services.research.domain.agreement_tracks.definitions import PROVIDER, RECIPIENT, SIDES, STEPS
from services.research.domain.agreement_tracks.lasting import LOOK, NOBODYS, due, look
from services.research.domain.agreement_tracks.lifecycle import (
    AGREE,
    DECLINE,
    END,
    EXPIRE,
    LEADS,
    RETURN,
    SIGN,
    TAKE,
    WIDEN,
)
from services.research.domain.agreement_tracks.opening import Wish, end, open_track
from services.research.domain.agreement_tracks.refusals import (
    AnotherText,
    NoSignatureYet,
    NotAnEarlierStep,
    OutcomeNotOfSides,
    SignatureNeeded,
    SignedByTheSame,
    StepNotAwaited,
    TermOver,
    TextNeeded,
    TextOfNoDraft,
    TrackNotOpen,
)
from services.research.domain.agreement_tracks.stepping import Draft, send_back, sign, take
from services.research.domain.agreement_tracks.track import STATES, AgreementTrack
from services.research.domain.agreement_tracks.widening import agree, decline
from services.research.domain.legal.refusals import OneEndOnly
from services.research.domain.legal.requirement import BY_AGREEMENT
from services.research.domain.refusals import WrongState
from tests.unit.research import given
from tests.unit.research.given import GILGIT, KASHGAR, NOW
from tests.unit.research.given_legal import SUM, TEXT, in_force, stepped, track
from tests.unit.research.widenings import MORE, proposing, with_proposal

KINDS = pytest.mark.parametrize("kind", STEPS)
LAST_DAY = date(2026, 12, 31)
OVER, WARNED = datetime(2026, 12, 31, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)
LATE = datetime(2026, 5, 29, 16, tzinfo=UTC)
"""The end of the fourteenth day after the opening, in Kashgar."""


def taking(
    standing: AgreementTrack, step: str | None = None, draft: Draft | None = None, now: datetime = NOW
) -> Decision[AgreementTrack]:
    return take(standing, step or standing.left[0].definition.name, note="", draft=draft, by="per_x", now=now)


def signing(standing: AgreementTrack, by: str = "per_x", sha256: str = SUM) -> Decision[AgreementTrack]:
    return sign(standing, sha256=sha256, by=by, now=NOW)


def opening(provider: str = KASHGAR, recipient: str = GILGIT, **outcome: Any) -> Decision[AgreementTrack]:
    wish = Wish("licence", "Staging", provider, recipient)
    return open_track("tra_1", wish, [given.at("pilot", **outcome)], by="per_zhang", now=NOW)


def steps_to(standing: AgreementTrack, name: str) -> int:
    return [step.definition.name for step in standing.steps].index(name)


@KINDS
def test_each_kind_has_a_draft_and_the_signature_of_either_side_last(kind: str) -> None:
    steps = STEPS[kind]
    assert len({step.name for step in steps}) == len(steps)
    assert [step.drafts for step in steps].count(True) == 1
    assert {step.side for step in steps if step.signs} == set(SIDES)
    assert [step.signs for step in steps[-2:]] == [True, True]
    assert all(step.days > 0 for step in steps)
    drafted = [step.drafts for step in steps].index(True)
    assert not any(step.signs for step in steps[: drafted + 1])


def test_there_are_steps_for_each_kind_that_law_may_ask_for() -> None:
    assert set(STEPS) == set(BY_AGREEMENT)


def test_what_is_opened_waits_for_its_first_step_and_tells_whom() -> None:
    decision = opening()
    opened = decision.state
    assert opened.waiting
    assert (opened.state, opened.outcomes, opened.goes.from_site, opened.goes.to_site) == (
        "open", ("out_1",), KASHGAR, GILGIT,
    )  # fmt: skip
    assert (opened.waiting.side, opened.waiting.site, opened.waiting.step) == (PROVIDER, KASHGAR, "term-sheet")
    assert (opened.waiting.since, opened.waiting.due_on) == (NOW, date(2026, 5, 29))
    assert opened.followers == ("per_zhang", "per_bano", "per_ali", "per_hussain"), "each once"
    assert decision.events == (events.TrackWaits(opened, "opened"),)


def test_an_agreement_is_between_two_sites_that_have_to_do_with_its_outcomes() -> None:
    with pytest.raises(OneEndOnly):
        opening(recipient=KASHGAR)
    for ends in ({"provider": "sit_hotan"}, {"recipient": "sit_hotan"}):
        with pytest.raises(OutcomeNotOfSides) as refused:
            opening(**ends)
        assert refused.value.facts == {"outcome": "out_1", "site": "sit_hotan", "sites": [GILGIT, KASHGAR]}
    with pytest.raises(WrongState):
        opening(state="withdrawn")


@KINDS
def test_step_after_step_the_side_of_the_next_is_waited_for_and_told(kind: str) -> None:
    standing = track(kind)
    for definition, following in zip(STEPS[kind], [*STEPS[kind][1:], None], strict=True):
        assert standing.waiting
        assert (standing.waiting.step, standing.waiting.side) == (definition.name, definition.side)
        before = standing
        standing = stepped(before, 1)
        assert standing.taken[-1].taken_by == f"per_of_{definition.side}"
        assert bool(standing.waiting) == bool(following)
    assert (standing.state, standing.in_force_from) == ("in-force", date(2026, 5, 15))


def test_a_step_tells_of_the_next_and_the_last_signature_of_being_in_force() -> None:
    drafted = taking(track(), draft=Draft(TEXT, LAST_DAY))
    assert drafted.events == (events.TrackWaits(drafted.state, "taken"),)
    assert (drafted.state.text, drafted.state.expires_on, drafted.what) == (TEXT, LAST_DAY, "draft taken")
    last = signing(stepped(track(), 5))
    assert last.events == (events.TrackInForce(last.state),)


def test_days_are_those_of_the_side_that_is_waited_for() -> None:
    # Half past two of the 16th in Kashgar, half an hour before midnight of the 15th in Gilgit.
    early = stepped(track(), 1, now=datetime(2026, 5, 15, 18, 30, tzinfo=UTC)).waiting
    assert early
    assert (early.site, early.due_on) == (GILGIT, date(2026, 5, 29))
    assert early.ends == datetime(2026, 5, 29, 19, tzinfo=UTC)
    assert track(now=datetime(2026, 5, 15, 18, 30, tzinfo=UTC)).waiting == replace(
        track().waiting, since=datetime(2026, 5, 15, 18, 30, tzinfo=UTC), due_on=date(2026, 5, 30)
    )  # type: ignore[type-var]


def test_only_the_awaited_step_can_be_taken() -> None:
    with pytest.raises(StepNotAwaited) as refused:
        taking(track(), "review")
    assert refused.value.facts == {"step": "review", "awaited": "draft", "side": PROVIDER}


def test_a_draft_brings_its_text_and_nothing_else_does() -> None:
    with pytest.raises(TextNeeded):
        taking(track())
    with pytest.raises(TextOfNoDraft) as refused:
        taking(stepped(track(), 1), draft=Draft(TEXT, None))
    assert refused.value.facts == {"step": "review", "drafts": "draft"}
    assert stepped(track(), 1).text == TEXT
    assert stepped(track(), 2).text == TEXT, "a review leaves it"


def test_a_signature_is_given_by_signing_and_not_before_its_turn() -> None:
    with pytest.raises(SignatureNeeded):
        taking(stepped(track(), 4))
    with pytest.raises(NoSignatureYet) as refused:
        signing(stepped(track(), 2))
    assert refused.value.facts == {"awaited": "provider-legal-review", "side": PROVIDER}


def test_both_sign_the_text_that_was_drafted_and_two_people_do() -> None:
    ready = stepped(track(), 4)
    with pytest.raises(AnotherText) as refused:
        signing(ready, sha256="0" * 64)
    assert refused.value.facts == {"sha256": "0" * 64, "stands": SUM}
    once = signing(ready, "per_both", sha256=SUM.upper()).state
    assert once.state == "open"
    with pytest.raises(SignedByTheSame) as same:
        signing(once, "per_both")
    assert same.value.facts == {"person": "per_both"}
    assert signing(once, "per_other").state.state == "in-force"


def test_an_agreement_that_would_be_over_is_neither_drafted_nor_signed() -> None:
    with pytest.raises(TermOver) as refused:
        taking(track(), draft=Draft(TEXT, date(2026, 5, 14)))
    assert refused.value.facts == {"expires_on": "2026-05-14", "today": "2026-05-15"}
    ready = stepped(track(), 5, expires_on=date(2026, 6, 1))
    with pytest.raises(TermOver):
        sign(ready, sha256=SUM, by="per_x", now=datetime(2026, 6, 1, 16, tzinfo=UTC))
    assert sign(ready, sha256=SUM, by="per_x", now=datetime(2026, 6, 1, 15, tzinfo=UTC)).state.state == "in-force"


@KINDS
def test_it_goes_back_to_any_step_that_was_taken_and_no_further(kind: str) -> None:
    for number, awaited in enumerate(STEPS[kind]):
        standing = stepped(track(kind), number)
        for to, definition in enumerate(STEPS[kind]):
            if to >= number:
                with pytest.raises(NotAnEarlierStep) as refused:
                    send_back(standing, definition.name, reason="So.", by="per_x", now=NOW)
                assert refused.value.facts["taken"] == [step.name for step in STEPS[kind][:number]]
                continue
            decision = send_back(standing, definition.name, reason="Too vague.", by="per_x", now=NOW)
            after = decision.state
            assert [step.definition for step in after.taken] == list(STEPS[kind][:to])
            assert after.waiting
            assert (after.waiting.step, after.waiting.side) == (definition.name, definition.side)
            assert after.returned
            assert (after.returned.step, after.returned.side) == (awaited.name, awaited.side)
            assert decision.events == (events.TrackWaits(after, "returned", "Too vague."),)


def test_what_was_signed_on_the_way_back_is_signed_no_more() -> None:
    signed = stepped(track(), 5)
    assert len(signed.signers) == 1
    back = send_back(signed, "draft", reason="Another annex.", by="per_x", now=NOW).state
    assert back.signers == ()
    again = taking(back, draft=Draft(replace(TEXT, sha256="0" * 64), None)).state
    with pytest.raises(AnotherText):
        signing(stepped_by_hand(again, 3), sha256=SUM)


def test_one_whose_text_was_sent_back_and_is_over_by_now_gets_another() -> None:
    late, soon = NOW + timedelta(days=20), date(2026, 5, 20)
    drafted = stepped(track("licence"), 3, expires_on=soon)
    with pytest.raises(TermOver):
        taking(drafted, now=late)
    back = send_back(drafted, "term-sheet", reason="Another price.", by="per_x", now=NOW).state
    agreed = taking(taking(back, now=late).state, now=late).state
    with pytest.raises(TermOver):
        taking(agreed, draft=Draft(TEXT, soon), now=late)
    again = taking(agreed, draft=Draft(TEXT, date(2027, 5, 20)), now=late).state
    assert again.expires_on == date(2027, 5, 20)


def stepped_by_hand(standing: AgreementTrack, steps: int) -> AgreementTrack:
    for _ in range(steps):
        standing = taking(standing).state
    return standing


def test_what_is_late_is_told_once_each_time_that_it_is_waited_for() -> None:
    standing, told = track(), list[Any]()
    assert [(each.name, each.at) for each in due(standing)] == [(LOOK, LATE)]
    for now in (NOW, LATE - timedelta(microseconds=1), LATE, LATE + timedelta(days=9)):
        if decision := look(standing, serves=lambda: True, now=now):
            standing, told = decision.state, [*told, *decision.events]
    assert [type(each) for each in told] == [events.TrackStepOverdue]
    assert due(standing) == ()
    moved = take(standing, "draft", note="", draft=Draft(TEXT, None), by="per_x", now=LATE).state
    assert len(due(moved)) == 1, "the next is waited for anew"
    assert look(moved, serves=lambda: True, now=due(moved)[0].at)


def test_what_serves_no_outcome_any_more_ends_instead_of_falling_late() -> None:
    decision = look(track(), serves=lambda: False, now=LATE)
    assert decision
    assert (decision.state.state, decision.state.ended, decision.state.waiting) == ("ended", NOBODYS, None)
    assert decision.events == (events.TrackEnded(decision.state, NOBODYS),)
    signed = in_force(expires_on=LAST_DAY)
    assert look(signed, serves=lambda: False, now=LATE) is None, "what was signed lasts"


def test_an_agreement_in_force_is_warned_of_and_expires_once_each() -> None:
    standing, told = in_force(expires_on=LAST_DAY), list[Any]()
    assert [each.at for each in due(standing)] == [WARNED, OVER]
    for now in (NOW, WARNED - timedelta(microseconds=1), WARNED, WARNED, OVER - timedelta(microseconds=1), OVER, OVER):
        if decision := look(standing, serves=lambda: True, now=now):
            standing, told = decision.state, [*told, *decision.events]
    assert [type(each) for each in told] == [events.TrackExpiring, events.TrackExpired]
    assert (standing.state, due(standing)) == ("expired", ())
    assert due(in_force()) == (), "one without an end"


STANDING: dict[str, Callable[[], AgreementTrack]] = {
    "open": lambda: stepped(track(), 1),
    "in-force": in_force,
    "expired": lambda: in_force(state="expired"),
    "ended": lambda: end(track(), reason="Bought elsewhere.").state,
}
ACTS: dict[str, Callable[[AgreementTrack], set[str]]] = {
    TAKE: lambda standing: {taking(standing, "review").state.state},
    RETURN: lambda standing: {send_back(standing, "draft", reason="So.", by="per_x", now=NOW).state.state},
    SIGN: lambda standing: {
        signing(stepped(track(), number) if standing.state == "open" else standing).state.state for number in (4, 5)
    },
    WIDEN: lambda standing: {proposing(standing).state.state},
    AGREE: lambda standing: {agree(with_proposal(standing), MORE, by="per_zhang").state.state},
    DECLINE: lambda standing: {decline(with_proposal(standing), MORE.id, reason="So.").state.state},
    END: lambda standing: {end(standing, reason="So.").state.state},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", ACTS)
def test_each_command_leads_where_the_table_says_and_is_refused_elsewhere(command: str, state: str) -> None:
    leads = LEADS[command].get(state)
    if leads:
        assert ACTS[command](STANDING[state]()) == set(leads)
        return
    with pytest.raises(TrackNotOpen) as refused:
        ACTS[command](STANDING[state]())
    assert refused.value.facts == {"state": state, "command": command, "fits": list(LEADS[command])}


@pytest.mark.parametrize("state", STATES)
def test_only_what_is_in_force_expires_as_the_table_says(state: str) -> None:
    standing = replace(STANDING[state](), expires_on=LAST_DAY, waiting=None)
    decision = look(standing, serves=lambda: True, now=OVER)
    assert (decision.state.state if decision else None) == (LEADS[EXPIRE].get(state) or (None,))[0]


def test_the_table_is_about_every_command_and_state() -> None:
    assert {*ACTS, EXPIRE} == LEADS.keys()
    assert {state for leads in LEADS.values() for each in leads.values() for state in each} | {"open"} == set(STATES)
    assert RECIPIENT in SIDES
