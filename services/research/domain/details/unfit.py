"""Why a value is not what its field takes."""

from typing import Any


class Unfit(Exception):
    """`why`: in one word, such as `NotADay`; `facts`: what else a page can show."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts
