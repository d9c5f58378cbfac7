"""Other systems that are told."""

from khunjerab.demo.stage import Stage

WANTED = "exchange.visit.*"


def register_system(stage: Stage, who: str) -> None:
    """Kashgar's own system is to hear of every visit."""
    fields = {"url": stage.system.url, "event_types": [WANTED], "description": "The hospital's staff system"}
    stage.system.secret = stage.notify(who, "register_webhook", **fields)["secret"]
