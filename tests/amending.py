"""An alliance's agreement, amended, approved and ended: what tests of that do over and over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from tests.alliance import Alliance

View = dict[str, Any]


def shown(alliance: Alliance, actor: Actor | None = None) -> View:
    asked = parsed(queries.AskAgreement, {"agreement_id": alliance.agreement})
    return alliance.exchange.agreement(asked, actor or alliance.manager)


def texts(alliance: Alliance) -> list[View]:
    """Every text of the agreement, oldest first."""
    asked = parsed(queries.AskVersions, {"agreement_id": alliance.agreement})
    found: list[View] = alliance.exchange.agreement_versions(asked, alliance.manager)["items"]
    return found


def amendment(alliance: Alliance, condition: View | None = None, **different: Any) -> commands.AmendAgreement:
    """The last text with some of it different; `condition` replaces terms of its first condition."""
    text = texts(alliance)[-1]["text"]
    first, *others = text["conditions"]
    fields = {
        **text,
        "conditions": [{**first, **(condition or {})}, *others],
        **different,
        "agreement_id": alliance.agreement,
        "expected_version": shown(alliance)["version"],
        "reason": "Experience of the first months.",
    }
    return parsed(commands.AmendAgreement, fields)


def amend(alliance: Alliance, condition: View | None = None, **different: Any) -> Receipt:
    command = amendment(alliance, condition, **different)
    return alliance.exchange.amend_agreement(command, alliance.context(alliance.manager, command.expected_version))


def approve(alliance: Alliance, who: Actor) -> Receipt:
    """Approves the last text."""
    seen = shown(alliance)["version"]
    last = texts(alliance)[-1]["text_hash"]
    fields = {"agreement_id": alliance.agreement, "text_hash": last, "expected_version": seen}
    return alliance.exchange.approve_agreement(parsed(commands.ApproveAgreement, fields), alliance.context(who, seen))


def put_in_force(alliance: Alliance, condition: View | None = None, **different: Any) -> Receipt:
    """Amends, and both partners approve."""
    amend(alliance, condition, **different)
    approve(alliance, alliance.manager)
    return approve(alliance, alliance.host_manager)


def revert(alliance: Alliance, to_text: int) -> Receipt:
    seen = shown(alliance)["version"]
    fields = {
        "agreement_id": alliance.agreement,
        "to_text": to_text,
        "reason": "It did not work.",
        "expected_version": seen,
    }
    return alliance.exchange.revert_agreement(
        parsed(commands.RevertAgreement, fields), alliance.context(alliance.manager, seen)
    )


def terminate(alliance: Alliance, on: date) -> Receipt:
    seen = shown(alliance)["version"]
    fields = {
        "agreement_id": alliance.agreement,
        "on": on.isoformat(),
        "reason": "The programmes merge.",
        "expected_version": seen,
    }
    return alliance.exchange.terminate_agreement(
        parsed(commands.TerminateAgreement, fields), alliance.context(alliance.manager, seen)
    )


@contextmanager
def before_its_turn(alliance: Alliance, happens: Callable[[], object]) -> Iterator[None]:
    """What happens between the next decision that needs a turn at the ledger, and its save."""
    turns = alliance.exchange.booking._turns
    taken, not_yet = turns.taken, iter([happens])

    def taking(*things: str) -> Any:
        for happen in not_yet:
            happen()
        return taken(*things)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "taken", taking)
        yield
