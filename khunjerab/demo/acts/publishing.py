"""The outcome is for anybody to read of."""

from khunjerab.demo.acts.outcome import give
from khunjerab.demo.stage import Stage


def publish(stage: Stage, who: str) -> None:
    give(stage, who, "publish_outcome", consent="Both departments agreed; nobody can be known by it.")
