"""Hospitals take an outcome into use, one after the other, and may give it up again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.kernel.decision import Decision
from services.research.domain import events
from services.research.domain.adopting import Use, adopt, end_adoption
from services.research.domain.adoption import Adoption, FollowUp
from services.research.domain.outcome import ADOPTED, ADOPTION, Outcome
from services.research.domain.refusals import AdoptedTooEarly, DateInTheFuture, NotOfTheOutcome, WrongState
from services.research.domain.transfer_refusals import AlreadyAdopted, EndedTooEarly, GroundQuestioned, NotInUse
from tests.unit.research import given

TODAY = date(2026, 5, 15)
USE = Use(given.GILGIT, TODAY, 12, 0, "Staging of cysts", "In the clinic")
STOPPED = replace(given.USED, ended_on=TODAY, end_reason="The probe broke.")


def adopting(outcome: Outcome, now: datetime = given.NOW, **said: Any) -> Decision[Outcome]:
    return adopt(outcome, replace(USE, **said), by="per_hussain", now=now)


def stopping(outcome: Outcome, site: str = given.GILGIT, on: date = TODAY) -> Decision[Outcome]:
    return end_adoption(outcome, site=site, ended_on=on, reason="The probe broke.", by="per_ali", now=given.NOW)


def test_an_adoption_says_where_since_when_for_how_many_and_by_which_guideline() -> None:
    decision = adopting(given.at(ADOPTION))
    adopted = decision.state
    assert (adopted.state, adopted.adopting_site, adopted.adopted_on) == (ADOPTED, given.GILGIT, TODAY)
    (adoption,) = adopted.adoptions
    assert (adoption.patients, adoption.procedures, adoption.guideline) == (12, 0, "Staging of cysts")
    assert (adoption.by, adoption.at) == ("per_hussain", given.NOW)
    assert decision.events == (events.OutcomeAdopted(adopted, adoption),)
    assert decision.why == "In the clinic"


def test_only_one_of_the_two_partners_adopts() -> None:
    with pytest.raises(NotOfTheOutcome) as refused:
        adopting(given.at(ADOPTION), site="sit_hotan")
    assert refused.value.facts == {"site": "sit_hotan", "partners": [given.GILGIT, given.KASHGAR]}


def test_today_is_a_day_at_the_site_that_adopts() -> None:
    # 20:00 UTC on the 14th: already the 15th in Gilgit (01:00) and in Kashgar (04:00); at 17:00 only in Kashgar.
    early = datetime(2026, 5, 14, 17, 0, tzinfo=UTC)
    assert adopting(given.at(ADOPTION), early, site=given.KASHGAR).state.state == ADOPTED
    with pytest.raises(DateInTheFuture) as refused:
        adopting(given.at(ADOPTION), early)
    assert refused.value.facts == {"date": "2026-05-15", "today": "2026-05-14"}


def test_nobody_uses_what_a_visit_led_to_before_it_began() -> None:
    with pytest.raises(AdoptedTooEarly) as refused:
        adopting(given.at(ADOPTION), adopted_on=date(2026, 4, 30))
    assert refused.value.facts == {"date": "2026-04-30", "earliest": "2026-05-01"}


def test_nobody_takes_into_use_what_came_of_a_mistake_until_that_is_settled() -> None:
    for outcome in (given.at(ADOPTION), given.adopted()):
        with pytest.raises(GroundQuestioned) as refused:
            adopting(replace(outcome, questioned="Entered twice."), site=given.KASHGAR)
        assert refused.value.facts == {"gate": ADOPTION, "because": "Entered twice."}


def test_of_a_use_that_began_before_it_was_questioned_the_hospital_goes_on_to_tell() -> None:
    questioned = replace(given.adopted(), questioned="Entered twice.")
    assert stopping(questioned).state.adoptions == (STOPPED,)


def test_a_second_hospital_adopts_after_the_first_and_is_told_of_too() -> None:
    decision = adopting(given.adopted(), site=given.KASHGAR)
    adopted = decision.state
    assert [each.site for each in adopted.adoptions] == [given.GILGIT, given.KASHGAR]
    assert (adopted.adopting_site, adopted.adopted_on) == (given.GILGIT, given.USED.adopted_on), "the first"
    assert decision.events == (events.OutcomeAdopted(adopted, adopted.adoptions[1]),)


def test_a_hospital_adopts_once() -> None:
    with pytest.raises(AlreadyAdopted) as refused:
        adopting(given.adopted())
    assert refused.value.facts == {"site": given.GILGIT, "adopted_on": "2026-05-14"}


def test_its_use_ends_on_a_day_for_a_reason_and_that_it_was_adopted_stays() -> None:
    decision = stopping(given.adopted())
    after = decision.state
    assert (after.state, after.adoptions) == (ADOPTED, (STOPPED,))
    assert (decision.what, decision.why) == ("adoption-ended", "sit_gilgit: The probe broke.")
    assert decision.events == (events.AdoptionEnded(after, STOPPED, "per_ali"),)


def test_of_two_hospitals_one_may_stop_and_the_other_go_on() -> None:
    other = Adoption(given.KASHGAR, TODAY)
    after = stopping(given.adopted(given.USED, other)).state
    assert after.adoptions == (STOPPED, other)


@pytest.mark.parametrize("site", [given.KASHGAR, "sit_hotan"])
def test_only_a_hospital_that_uses_it_stops(site: str) -> None:
    with pytest.raises(NotInUse) as refused:
        stopping(given.adopted(), site)
    assert refused.value.facts == {"site": site, "sites": [given.GILGIT]}


def test_it_stops_once() -> None:
    with pytest.raises(NotInUse):
        stopping(given.adopted(STOPPED))


@pytest.mark.parametrize("stage", ["disclosure", ADOPTION])
def test_what_is_not_adopted_is_not_given_up(stage: str) -> None:
    with pytest.raises(WrongState) as refused:
        stopping(given.at(stage))
    assert refused.value.facts == {"state": "reported", "command": "end_adoption", "fits": ["adopted"]}


def test_a_use_ends_between_the_day_on_which_it_began_and_today() -> None:
    with pytest.raises(EndedTooEarly) as refused:
        stopping(given.adopted(), on=date(2026, 5, 13))
    assert refused.value.facts == {"date": "2026-05-13", "earliest": "2026-05-14"}
    with pytest.raises(DateInTheFuture):
        stopping(given.adopted(), on=date(2026, 5, 16))


def test_a_use_ends_on_no_day_before_the_hospital_said_that_it_goes_on() -> None:
    # Twenty past midnight of the 15th in Gilgit, still the 14th in London.
    said = FollowUp(6, True, None, None, "", "per_hussain", datetime(2026, 5, 14, 19, 20, tzinfo=UTC))
    followed = given.adopted(replace(given.USED, follow_ups=(said,)))
    with pytest.raises(EndedTooEarly) as refused:
        stopping(followed, on=date(2026, 5, 14))
    assert refused.value.facts == {"date": "2026-05-14", "earliest": "2026-05-15"}
    assert stopping(followed).state.adoptions[0].ended_on == TODAY


def test_a_hospital_that_stopped_may_begin_again_but_no_earlier() -> None:
    stopped = given.adopted(STOPPED)
    again = adopting(stopped).state
    assert [each.ended_on for each in again.adoptions] == [TODAY, None]
    with pytest.raises(AdoptedTooEarly) as refused:
        adopting(stopped, adopted_on=date(2026, 5, 14))
    assert refused.value.facts == {"date": "2026-05-14", "earliest": "2026-05-15"}
