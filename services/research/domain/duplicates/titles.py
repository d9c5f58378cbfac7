"""How alike two titles are: by the pieces of their words, so that a slip of the pen costs little and order nothing.

Source: Dice's coefficient of sets of trigrams; of Chinese, of bigrams.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from services.research.domain.duplicates.forms import dice, has_another_character, is_form_of, pieces_of
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
"""Part 1 is not part 2, nor are cysts of the liver those of the kidney, though all else is the same. It is worth
no more than that where a Chinese character is another: in a short title that alone leaves little in common."""

_MOST_COMPARED = 400
"""Pairs of words: where twenty of each have to be compared with twenty of the other, they are not slips of the pen."""


@dataclass(frozen=True)
class Title:
    """`main`: the title before its subtitle, if it has one. What is made of its words is made when it is asked for:
    of most that are compared, the pieces say that they are others.
    """

    typed: str
    main: "Title | None" = None
    subtitle: "Title | None" = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Those that tell something; all where none does."""
        return tuple(word for word in self._all_words if word not in _SMALL) or self._all_words

    @cached_property
    def pieces(self) -> frozenset[str]:
        return frozenset().union(*map(pieces_of, self.words))

    @cached_property
    def marks(self) -> frozenset[str]:
        """Its numbers, and that it is a notice of another."""
        return frozenset(mark for word in self._all_words if (mark := _mark(word)) is not None)

    @cached_property
    def scripts(self) -> frozenset[bool]:
        return frozenset(word.isascii() for word in self._all_words)

    @cached_property
    def characters(self) -> str:
        """What is of scripts without spaces, whatever stands between."""
        return "".join(filter(is_unspaced, self.words))

    @property
    def stands_alone(self) -> bool:
        """Whether it says enough to be known by without a subtitle."""
        return sum(len(word) / 2 if is_unspaced(word) else 1 for word in self.words) >= _LEAST_MAIN

    @cached_property
    def _all_words(self) -> tuple[str, ...]:
        return words_of(self.typed)


@lru_cache(maxsize=4096)
def title_of(text: str) -> Title:
    typed = text.strip()
    main, *rest = map(str.strip, _SUBTITLE.split(typed, maxsplit=1))
    if not rest or not words_of(main) or not words_of(rest[0]):
        return Title(typed)
    return Title(typed, Title(main), Title(rest[0]))


def most_alike(one: Title, other: Title) -> float:
    """No less than their `similarity`, and told at once: by the pieces alone, not word by word."""
    mains = (one.main or one), (other.main or other)
    return max(dice(one.pieces, other.pieces), _OF_THE_WHOLE * dice(*(main.pieces for main in mains)))


def similarity(one: Title, other: Title) -> float:
    """0 to 1, the same either way round; 1 for the same words."""
    whole = _alike(one, other)
    mains = (one.main or one), (other.main or other)
    if whole == 1 or not _lacks_subtitle(one, other) or not all(main.stands_alone for main in mains):
        return whole
    return max(whole, _OF_THE_WHOLE * _alike(*mains))


def tell_of_others(one: Title, other: Title) -> bool:
    """Whether either has a number or is a notice, or each has a word or a Chinese character, in the place of which the
    other has another."""
    return _have_other_words(one, other) or has_another_character(one.characters, other.characters)


def _mark(word: str) -> str | None:
    if is_number(word):
        return word.lstrip("0")
    return word if word in _NOTICES else _ROMAN.get(word)


def _alike(one: Title, other: Title) -> float:
    if not one.pieces and not other.pieces:
        return float(one.typed == other.typed)
    alike = dice(one.pieces, other.pieces)
    if _have_other_words(one, other):
        return alike * _OTHER_THING
    return min(alike, _OTHER_THING) if has_another_character(one.characters, other.characters) else alike


def _have_other_words(one: Title, other: Title) -> bool:
    if one.marks != other.marks:
        return True
    mine, theirs = set(one.words) - set(other.words), set(other.words) - set(one.words)
    if len(mine) * len(theirs) > _MOST_COMPARED:
        return True
    return _has_foreign(mine, theirs) and _has_foreign(theirs, mine)


def _has_foreign(words: Iterable[str], others: Iterable[str]) -> bool:
    return any(not any(is_form_of(word, other) for other in others) for word in words)


def _lacks_subtitle(one: Title, other: Title) -> bool:
    """Whether one alone has a subtitle, or each has it in a script of its own: a translation."""
    if one.subtitle is None or other.subtitle is None:
        return one.subtitle is not other.subtitle
    return one.subtitle.scripts.isdisjoint(other.subtitle.scripts)
