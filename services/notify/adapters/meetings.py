"""Which session of a consultation a message speaks of, and what its reader answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

Facts = Mapping[str, Any]


def meeting(facts: Facts) -> Facts:
    """The session that the facts name, by its `slot` or by when it `begins`; else the first that is called off.

    Else the first that is still to come.
    """
    sessions = facts["sessions"]
    named = [each for each in sessions if facts.get("slot") == each["slot"]]
    told = [each for each in sessions if facts.get("begins") == each["begins"]]
    return next(iter((*named, *told, *called_off(facts), *planned(facts), *sessions)))


def planned(facts: Facts) -> list[Facts]:
    """The sessions that are still to come, or wait to be closed."""
    return [each for each in facts["sessions"] if each["state"] == "planned"]


def to_come(facts: Facts, at: datetime) -> list[Facts]:
    """The sessions that had not begun then: what can still be answered."""
    return [each for each in planned(facts) if datetime.fromisoformat(each["begins"]) > at]


def called_off(facts: Facts) -> list[Facts]:
    """The sessions that one decision called off, the earliest first; none where that was not told."""
    sessions = {each["slot"]: each for each in facts["sessions"]}
    return [sessions[slot] for slot in facts.get("called_off", ())]


def answer_of(facts: Facts, person: str) -> str:
    """What was answered of the one for whom the person comes, most often themselves: a reply's status."""
    answers = (each["status"] for each in facts["participants"] if person in (each["comes"], each["person"]))
    return next(answers, "needs-action")
