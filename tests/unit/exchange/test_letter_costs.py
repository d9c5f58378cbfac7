"""A letter says of each kind of cost who pays it, and says the same as the visit's money."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Decision, Receipt
from services.exchange.application import commands
from services.exchange.domain.cost_sharing import CUSTOMARY
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.lettering import invited, issue, standing


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def shared(alliance: AllianceInMemory, **cost_sharing: str) -> None:
    """What the agreement's condition says of who pays."""
    agreements = alliance.memory.fake_agreements
    loaded = agreements.load(alliance.agreement)
    condition = replace(loaded.state.conditions[0], cost_sharing=cost_sharing)
    agreed = replace(loaded.state, conditions=(condition,))
    agreements.save(loaded, Decision(agreed, what="changed"), alliance.context(ADMIN))


def line(alliance: AllianceInMemory, visit: Receipt, kind: str, payer: str | None = None, **fields: Any) -> str:
    named = {"payer": payer, "payer_reason": "Agreed by telephone."} if payer else {}
    command = {"visit_id": visit.id, "kind": kind, "currency": "PKR", "budgeted": "10", **named, **fields}
    context = alliance.context(alliance.manager)
    alliance.exchange.add_money_line(parsed(commands.AddMoneyLine, command), context)
    return f"mln_{context.command_id}"


def pays(alliance: AllianceInMemory, visit: Receipt, person: str) -> dict[str, str]:
    return dict(standing(alliance, issue(alliance, visit, person)).stated.pays)


def test_what_the_agreement_leaves_open_is_borne_as_is_customary(alliance: AllianceInMemory) -> None:
    shared(alliance, stay="alliance")
    assert pays(alliance, *invited(alliance)) == {**CUSTOMARY, "stay": "alliance"}


def test_the_visits_own_lines_say_who_pays_instead(alliance: AllianceInMemory) -> None:
    shared(alliance, travel="alliance")
    visit, person = invited(alliance)
    line(alliance, visit, "travel", "visitor")
    line(alliance, visit, "visa")
    assert pays(alliance, visit, person) == {**CUSTOMARY, "travel": "visitor"}


def test_two_who_bear_one_kind_are_both_named(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    line(alliance, visit, "travel", "visitor")
    line(alliance, visit, "travel")
    assert pays(alliance, visit, person)["travel"] == "sending-site visitor"


def test_a_line_that_was_removed_says_nothing(alliance: AllianceInMemory) -> None:
    visit, person = invited(alliance)
    removed = {"visit_id": visit.id, "line_id": line(alliance, visit, "travel", "visitor"), "expected_version": 1}
    command = parsed(commands.RemoveMoneyLine, {**removed, "reason": "Not needed."})
    alliance.exchange.remove_money_line(command, alliance.context(alliance.manager, 1))
    assert pays(alliance, visit, person) == dict(CUSTOMARY)
