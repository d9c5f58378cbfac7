"""An urgent consultation of three sites: a time is found, it is moved, and what it asked for is done."""

from datetime import datetime, timedelta
from typing import Any

from khunjerab.demo.stage import Stage, once

URGENT = "The cyst may rupture."
OPINION = "CE3b with a thin wall: percutaneous drainage today, albendazole before and after."
LINK = "https://meet.gilgit.example/urgent"
WINDOW_DAYS = 3
LATER = timedelta(minutes=30)


def propose(stage: Stage, who: str) -> None:
    """At the best time that all three sites have, with an interpreter who is free then."""
    found = stage.call(who, "find_a_time", **_wish(stage))["slots"][0]
    interpreters = [
        {"person_id": each["person"], "role": "interpreter", "site_id": each["site"], "languages": each["languages"]}
        for each in found["interpreters"]
    ]
    made = stage.call(
        who,
        "propose_consultation",
        **_condition(stage),
        title="Cyst of the right lobe, about to rupture",
        participants=[*_participants(stage), *interpreters],
        begins=found["begins"],
        minutes=45,
        zone="Asia/Karachi",
        link=LINK,
        urgent=True,
        waive={"rules": ["lead"], "reason": URGENT},
        cases=[_case(stage)],
    )
    stage.ids["consultation"] = made["id"]


def accept(stage: Stage, who: str) -> None:
    """Says yes for themselves."""
    _give(stage, who, "reply_to_consultation", participant=stage.memorandum.person(who), status="accepted")


def move(stage: Stage, who: str) -> None:
    """Half an hour later; everybody else is asked again."""
    begins = _begins(stage) + LATER
    _give(stage, who, "move_session", begins=begins.isoformat(), reason="The theatre list runs late.")


def wait_until_it_is_near(stage: Stage) -> None:
    """Until half an hour before it begins; returns when everybody has been reminded."""
    version = _shown(stage, "ali")["version"]
    stage.clock.advance(_begins(stage) - LATER - stage.clock.now())
    once(lambda: _shown(stage, "ali")["version"], lambda now: now > version, "the reminder")


def close(stage: Stage, who: str) -> None:
    """With an opinion on the case, and something that the presenter is to do within a week."""
    stage.clock.advance(_begins(stage) + timedelta(hours=1) - stage.clock.now())
    shown = _shown(stage, who)
    action = {
        "what": "Send the images of the follow-up",
        "owner": stage.memorandum.person("bano"),
        "due_on": stage.days_from_now(7).isoformat(),
    }
    _give(
        stage,
        who,
        "close_session",
        attended=[each["person"] for each in shown["participants"]],
        opinions={shown["cases"][0]["id"]: OPINION},
        actions=[action],
    )


def complete(stage: Stage, who: str) -> None:
    action = _shown(stage, who)["actions"][0]
    done = {"done_on": stage.today().isoformat(), "note": "Sent by the secure line."}
    _give(stage, who, "complete_action", action_id=action["id"], **done)


def _wish(stage: Stage) -> dict[str, Any]:
    return {
        **_condition(stage),
        "participants": _participants(stage),
        "interpreters": [["ur", "zh"]],
        "minutes": 45,
        # Not today, as everybody would have been reminded by the time that they accept.
        "first": stage.days_from_now(1).isoformat(),
        "last": stage.days_from_now(WINDOW_DAYS).isoformat(),
        "zone": "Asia/Karachi",
        "urgent": True,
        "reason": URGENT,
    }


def _condition(stage: Stage) -> dict[str, str]:
    return {"agreement_id": stage.memorandum.agreement, "condition_id": stage.ids["consulting"]}


def _participants(stage: Stage) -> list[dict[str, Any]]:
    people = (("chen", "chair", "kashgar"), ("bano", "presenter", "gilgit"), ("li", "specialist", "commission"))
    return [
        {"person_id": stage.memorandum.person(key), "role": role, "site_id": stage.memorandum.site(site)}
        for key, role, site in people
    ]


def _case(stage: Stage) -> dict[str, Any]:
    return {
        "reference": "GLT-2026-031",
        "question": "Drain it now, or operate first?",
        "urgency": "emergency",
        "presenter": stage.memorandum.person("bano"),
        "consent_confirmed": True,
    }


def _shown(stage: Stage, who: str) -> dict[str, Any]:
    return stage.call(who, "consultation", consultation_id=stage.ids["consultation"])


def _begins(stage: Stage) -> datetime:
    return datetime.fromisoformat(_shown(stage, "ali")["sessions"][0]["begins"])


def _give(stage: Stage, who: str, method: str, **fields: Any) -> None:
    """Gives the command on the consultation as it stands."""
    version = _shown(stage, who)["version"]
    stage.call(who, method, consultation_id=stage.ids["consultation"], expected_version=version, **fields)
