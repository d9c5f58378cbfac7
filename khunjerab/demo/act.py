"""One step of the story, and what the chapters of the story have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from khunjerab.demo.stage import Stage


@dataclass(frozen=True)
class Act:
    """`who` (a key of the sample, or empty for time itself) does `what`; `play` does it."""

    who: str
    what: str
    play: Callable[[], None]


@dataclass(frozen=True)
class Chapter:
    """Makes acts that are played on one stage."""

    stage: Stage

    def act(self, who: str, what: str, play: Callable[[Stage, str], None]) -> Act:
        return Act(who, what, lambda: play(self.stage, who))

    def time(self, days: int, why: str, until: Callable[[Stage], object] | None = None) -> Act:
        """Days pass; then what they bring about is waited for."""

        def pass_by() -> None:
            self.stage.wait(days)
            if until is not None:
                until(self.stage)

        return Act("", f"{days} days pass {why}", pass_by)

    def until(self, day: date, why: str, then: Callable[[Stage], object] | None = None) -> Act:
        return self.time((day - self.stage.today()).days, why, then)
