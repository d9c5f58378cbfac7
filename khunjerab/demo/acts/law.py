"""What law and the hospitals ask of what goes from one country to the other."""

from khunjerab.demo.acts.outcome import give
from khunjerab.demo.stage import Stage

CLEARED_DAYS = 730


def require(stage: Stage, who: str) -> None:
    """Data that leave China, cleared by an authority; samples, agreed on by the two hospitals."""
    kashgar = stage.memorandum.site("kashgar")
    stage.ids["data-export"] = stage.research(
        who,
        "require_clearance",
        kind="data-export",
        from_end="CN",
        to_end="PK",
        from_gate="terms",
        basis="Personal Information Protection Law, chapter III",
        owner={"person_id": stage.memorandum.person("zhang"), "site_id": kashgar},
    )["id"]
    stage.research(
        who,
        "require_clearance",
        kind="material-transfer",
        from_end=kashgar,
        to_end="PK",
        from_gate="pilot",
        basis="The hospital's rules on samples",
        owner={"person_id": stage.memorandum.person(who), "site_id": kashgar},
    )


def clear(stage: Stage, who: str) -> None:
    give(
        stage,
        who,
        "record_clearance",
        requirement_id=stage.ids["data-export"],
        reference="2026-0117",
        authority="Cyberspace Administration",
        granted_on=stage.today().isoformat(),
        expires_on=stage.days_from_now(CLEARED_DAYS).isoformat(),
    )
