"""What was promised of outcomes and what came, how far and how fast."""

from typing import Any

from khunjerab.demo.stage import Stage


def look(stage: Stage, who: str) -> None:
    for each in promised(stage, who):
        stage.said.append(
            f"{each['field']}, {each['year']}: {each['promised']} promised, {each['delivered']} delivered"
        )
    for stage_name, days in median_days(stage, who).items():
        stage.said.append(f"days to {stage_name}, median: {days:g}")


def promised(stage: Stage, who: str) -> list[dict[str, Any]]:
    """Of each field and year in which something was delivered."""
    totals = stage.research(who, "promises", agreement_id=stage.memorandum.agreement)["totals"]
    return [each for each in totals if each["delivered"]]


def median_days(stage: Stage, who: str) -> dict[str, float]:
    """By stage, of those that took any."""
    row = stage.research(who, "measures", agreement_id=stage.memorandum.agreement)["rows"][0]
    return {each["stage"]: each["median_days"] for each in row["stages"] if each["median_days"]}
