"""Whether two words are one, mistyped or in another form; and whether two texts in Chinese have another character.

How much one letter says differs between scripts. A long word of letters that lacks one is still that word. A Chinese
character is a word or half of one, and another in its place says another thing: the liver's 肝 is not the lung's 肺.
In Urdu short vowels are not written, so that a short word is little but its consonants: گردے are kidneys, گردن a neck.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from services.research.domain.duplicates.normal_form import is_unspaced

_SLIP = 0.5
"""Words whose pieces are as alike as this are one word, mistyped or in another form."""
_SHORT = 5
"""Letters of a word of Arabic script, of which each counts."""
_LEAST_BEGINNING = 3
"""Letters of it that can stand for the whole: سر, the head, is no abbreviation of سرطان, cancer."""
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_ENDINGS = "اوہیےں"
"""What Urdu's nouns and adjectives end in by number, gender and case, as `normal_form` has it: گردہ, گردے, گردوں."""
_PARTICLES = str.maketrans("", "", "的地得之与和及")
"""Characters of Chinese that say nothing of what a text is about, and that are often written for each other."""


def is_form_of(word: str, other: str) -> bool:
    """A slip of the pen, or one of them the beginning of the other: an abbreviation. The same either way round."""
    short, long = sorted((word, other), key=len)
    if len(short) <= _SHORT and _ARABIC.match(short) and _ARABIC.match(long):
        if _stem(short) == _stem(long):
            return True
        if len(short) == len(long) or len(short) < _LEAST_BEGINNING:
            return False
    return long.startswith(short) or dice(pieces_of(word), pieces_of(other)) >= _SLIP


def has_another_character(one: str, other: str) -> bool:
    """Whether either text of a script without spaces has characters in the place of which the other has others.

    One more or fewer is a slip, and so are two that have changed places.
    """
    mine, theirs = one.translate(_PARTICLES), other.translate(_PARTICLES)
    # What stands in the place of what depends on where one begins: the answer is to be the same either way round.
    return mine != theirs and (_is_replaced(mine, theirs) or _is_replaced(theirs, mine))


def dice(some: frozenset[str], others: frozenset[str]) -> float:
    """Dice's coefficient, 0 to 1; 1 of nothing and nothing."""
    return 2 * len(some & others) / (len(some) + len(others)) if some or others else 1.0


@lru_cache(maxsize=8192)
def pieces_of(word: str) -> frozenset[str]:
    """Trigrams, padded by two blanks before and one behind (as PostgreSQL's pg_trgm cuts them); of Chinese, bigrams."""
    padded, size = (word, 2) if is_unspaced(word) else (f"  {word} ", 3)
    return frozenset(padded[at : at + size] for at in range(max(1, len(padded) - size + 1)))


def _stem(word: str) -> str:
    return word.rstrip(_ENDINGS) or word


def _is_replaced(one: str, other: str) -> bool:
    return any(each[0] == "replace" for each in SequenceMatcher(None, one, other, autojunk=False).get_opcodes())
