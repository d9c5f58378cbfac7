"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`part`: what was looked at. `said`: what was seen, in words. `advice`: what to do, where something is wrong."""

    part: str
    ok: bool
    said: str
    advice: str = ""


def good(part: str, said: str) -> Finding:
    return Finding(part, True, said)


def bad(part: str, said: str, advice: str) -> Finding:
    return Finding(part, False, said, advice)
