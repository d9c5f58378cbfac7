"""What has to be in hand before anybody travels: passports, letters of invitation, visas."""

from datetime import timedelta
from typing import Any

from khunjerab.demo.acts.visiting import planned_arrival
from khunjerab.demo.stage import Stage, once

SLIPS_BY = timedelta(days=4)
"""So many days after the planned arrival the visa comes."""


def enter_passports(stage: Stage, who: str) -> None:
    """Illustrative numbers: sealed before they are kept, and shown to nobody who does not ask for a reason."""
    for key, passport in stage.memorandum.sample["passports"].items():
        person = stage.memorandum.person(key)
        version = stage.call(who, "person", person_id=person)["version"]
        expires_on = stage.days_from_now(passport["valid_days"]).isoformat()
        fields = {"number": passport["number"], "expires_on": expires_on}
        stage.call(who, "set_passport", person_id=person, expected_version=version, **fields)


def invite(stage: Stage, who: str) -> None:
    """A letter for each visitor; returns when the worker has printed them."""
    signer = {"signer_name": stage.memorandum.name(who), "signer_title": "Coordinator of international exchange"}
    for visitor in stage.memorandum.sample["visit"]["visitors"]:
        person = stage.memorandum.person(visitor)
        stage.call(who, "issue_letter", visit_id=stage.ids["visit"], person=person, **signer)
    letters = _printed(stage, who)
    stage.ids["code"] = next(each["code"] for each in letters if each["person"] == _leader(stage))


def fetch_letter(stage: Stage, who: str) -> None:
    """The visitor opens her own letter, behind sign-in; a border officer may check its code without."""
    letter = next(each for each in _printed(stage, who) if each["person"] == _leader(stage))
    browser, _ = stage.opened(who, "/")
    stage.print(f"invitation-{letter['number']}.pdf", browser.fetch(f"/letters/{letter['id']}.pdf"))


def slip_visa(stage: Stage, who: str) -> None:
    visit, arrival = stage.ids["visit"], planned_arrival(stage)
    track = stage.call(who, "visit_track", visit_id=visit)
    slip = {"expected": (arrival + SLIPS_BY).isoformat(), "reason": "The consulate is closed for the feast."}
    step = f"china-visa:{_leader(stage)}"
    stage.call(who, "slip_step", visit_id=visit, step=step, expected_version=track["version"], **slip)


def move_to_proposed_days(stage: Stage, who: str) -> None:
    """The days that the slipped step allows; the letters of invitation are made anew by themselves."""
    visit = stage.call(who, "visit", visit_id=stage.ids["visit"])
    days = stage.call(who, "visit_track", visit_id=visit["id"])["proposed_dates"]
    stage.call(
        who,
        "reschedule_visit",
        visit_id=visit["id"],
        planned_arrival=days["arrival"],
        planned_departure=days["departure"],
        reason="The visa comes later.",
        expected_version=visit["version"],
    )


def _printed(stage: Stage, who: str) -> list[dict[str, Any]]:
    """The letters that stand, once there is one of each visitor."""
    visitors = len(stage.memorandum.sample["visit"]["visitors"])

    def issued() -> list[dict[str, Any]]:
        letters = stage.call(who, "letters", visit_id=stage.ids["visit"])["items"]
        return [letter for letter in letters if letter["state"] == "issued"]

    return once(issued, lambda letters: len(letters) == visitors, "a letter of each visitor")


def _leader(stage: Stage) -> str:
    return stage.memorandum.person(stage.memorandum.sample["visit"]["leader"])
