"""How alike two titles are: by the pieces of their words, so that a slip of the pen costs little and order nothing.

Source: Dice's coefficient of sets of trigrams, each word padded by two blanks before and one behind (as PostgreSQL's
pg_trgm cuts them); of Chinese, bigrams.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from services.research.domain.duplicates.normal_form import is_number, is_unspaced, words_of

_SUBTITLE = re.compile(r"[:：?？=]|\s[-–—]{1,3}\s|[–—]{1,2}|(?<=[a-z]{4})\.\s+(?=[A-Z])")
_SMALL = frozenset(
    re.findall(r"\w+", "a an and at by for from in into is its of on or the to with der die das und la le de et")
)
"""Words that say nothing of what a title is about."""
_ROMAN = {
    word: str(number)
    for number, word in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)
}
"""As parts, phases and types are numbered."""
_NOTICES = frozenset(
    re.findall(r"\w+", "erratum errata corrigendum correction retraction addendum comment reply 更正 勘误 撤稿")
)
"""What is said of another paper, with its title."""
_LEAST_MAIN = 3
"""Fewer words than this, or twice as many Chinese characters, are no title without what follows them."""
_OF_THE_WHOLE = 0.95
"""What a title is worth whose other lacks the subtitle, or has it in another script."""
_OTHER_THING = 0.8
"""Part 1 is not part 2, nor are cysts of the liver those of the kidney, though all else is the same."""
_SLIP = 0.5
"""Words whose pieces are as alike as this are one word, mistyped or in another form."""


_MOST_COMPARED = 400
"""Pairs of words: where twenty of each have to be compared with twenty of the other, they are not slips of the pen."""


@dataclass(frozen=True)
class Title:
    """`words`: those that tell something. `pieces`: of these. `marks`: numbers, and that it is a notice of another.
    `main`: the title before its subtitle, if it has one.
    """

    typed: str
    words: tuple[str, ...]
    pieces: frozenset[str]
    marks: frozenset[str]
    scripts: frozenset[bool]
    main: "Title | None" = None
    subtitle: "Title | None" = None

    @property
    def stands_alone(self) -> bool:
        """Whether it says enough to be known by without a subtitle."""
        return sum(len(word) / 2 if is_unspaced(word) else 1 for word in self.words) >= _LEAST_MAIN


@lru_cache(maxsize=4096)
def title_of(text: str) -> Title:
    main, *rest = _SUBTITLE.split(text.strip(), maxsplit=1)
    if not rest or not words_of(main) or not words_of(rest[0]):
        return _title(text)
    return _title(text, _title(main), _title(rest[0]))


def similarity(one: Title, other: Title) -> float:
    """0 to 1, the same either way round; 1 for the same words."""
    whole = _alike(one, other)
    mains = (one.main or one), (other.main or other)
    if whole == 1 or not _lacks_subtitle(one, other) or not all(main.stands_alone for main in mains):
        return whole
    return max(whole, _OF_THE_WHOLE * _alike(*mains))


def tell_of_others(one: Title, other: Title) -> bool:
    """Whether either has a number or is a notice, or each has a word, in the place of which the other has another."""
    if one.marks != other.marks:
        return True
    mine, theirs = set(one.words) - set(other.words), set(other.words) - set(one.words)
    if len(mine) * len(theirs) > _MOST_COMPARED:
        return True
    return _has_foreign(mine, theirs) and _has_foreign(theirs, mine)


def _title(text: str, main: Title | None = None, subtitle: Title | None = None) -> Title:
    words = words_of(text)
    telling = tuple(word for word in words if word not in _SMALL) or words
    marks = frozenset(mark for word in words if (mark := _mark(word)) is not None)
    scripts = frozenset(word.isascii() for word in words)
    pieces = frozenset().union(*map(_pieces_of, telling))
    return Title(text.strip(), telling, pieces, marks, scripts, main, subtitle)


def _mark(word: str) -> str | None:
    if is_number(word):
        return word.lstrip("0")
    return word if word in _NOTICES else _ROMAN.get(word)


def _alike(one: Title, other: Title) -> float:
    if not one.pieces and not other.pieces:
        return float(one.typed == other.typed)
    dice = _dice(one.pieces, other.pieces)
    return dice * _OTHER_THING if tell_of_others(one, other) else dice


def _dice(some: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(some & others) / (len(some) + len(others))


def _has_foreign(words: Iterable[str], others: Iterable[str]) -> bool:
    return any(not any(_is_form_of(word, other) for other in others) for word in words)


def _is_form_of(word: str, other: str) -> bool:
    """A slip of the pen, or one of them the beginning of the other: an abbreviation."""
    short, long = sorted((word, other), key=len)
    return long.startswith(short) or _dice(_pieces_of(word), _pieces_of(other)) >= _SLIP


def _lacks_subtitle(one: Title, other: Title) -> bool:
    """Whether one alone has a subtitle, or each has it in a script of its own: a translation."""
    if one.subtitle is None or other.subtitle is None:
        return one.subtitle is not other.subtitle
    return one.subtitle.scripts.isdisjoint(other.subtitle.scripts)


@lru_cache(maxsize=8192)
def _pieces_of(word: str) -> frozenset[str]:
    padded, size = (word, 2) if is_unspaced(word) else (f"  {word} ", 3)
    return frozenset(padded[at : at + size] for at in range(max(1, len(padded) - size + 1)))
