"""Which session of a consultation a message speaks of, and what its reader answered."""

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]


def meeting(facts: Facts) -> Facts:
    """The session that the facts name, by its `slot` or by when it `begins`; else the first that is still to come."""
    sessions = facts["sessions"]
    named = [each for each in sessions if facts.get("slot") == each["slot"]]
    told = [each for each in sessions if facts.get("begins") == each["begins"]]
    return next(iter((*named, *told, *planned(facts), *sessions)))


def planned(facts: Facts) -> list[Facts]:
    """The sessions that are still to come."""
    return [each for each in facts["sessions"] if each["state"] == "planned"]


def answer_of(facts: Facts, person: str) -> str:
    """What was answered of the one for whom the person comes, most often themselves: a reply's status."""
    answers = (each["status"] for each in facts["participants"] if person in (each["comes"], each["person"]))
    return next(answers, "needs-action")
