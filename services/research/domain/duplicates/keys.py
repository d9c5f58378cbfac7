"""Keys by which outcomes that may be one are found without comparing all: two that are alike share one at least.

A DOI is one. Of a title, several words together are one: of the six of its main part that are taken, threes, each word
by the consonants that it begins with, so that endings, slips of the pen, another order and another subtitle leave one
that is shared. Of Chinese, two characters stand for a word. Which words and which threes are taken is by their digest:
the same by the same rule. Three words may be those of one phrase, which hundreds of titles have: see `commonness`.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from itertools import combinations

from services.research.domain.duplicates.normal_form import is_number, is_unspaced
from services.research.domain.duplicates.scoring import Described

RULES = 1
"""Goes up when other keys are made of the same words: those of outcomes kept before are then made anew."""
OF_TITLE = "t:"
"""What a key begins with that is of words. A digest of these letters follows."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

_TOGETHER = {1: (1,), 2: (1, 2), 3: (2,), 4: (2, 3), 5: (3,), 6: (3,)}
"""So many words stand together where so many are taken: titles of which one has a word more share a key, too."""
_TAKEN = max(_TOGETHER)
_HALF = frozenset(LETTERS[::2])
"""Of the twenty threes of six words those are taken whose digests end in these letters: ten of six words find as much
as all ten of five, and a title that has lost one of six words still has most of them."""
_ENOUGH = 5
_BEGINNING = 4
_VOWELS = frozenset("aeiou")
_SHORT = 3
"""Words no longer than this are taken only where there are too few others."""


def keys_of(described: Described) -> tuple[str, ...]:
    """In order, each once; none of what has neither DOI nor words."""
    return tuple(sorted({each for each in (doi_key(described), *_of_title(described)) if each}))


def doi_key(described: Described) -> str | None:
    """The key that its DOI is."""
    return f"doi:{described.folded_doi}" if described.doi else None


def _of_title(described: Described) -> Iterator[str]:
    title = described.words
    main = title.main if title.main and title.main.stands_alone else title
    taken = sorted(set(_features(main.words)), key=_digest)[:_TAKEN]
    for size in _TOGETHER.get(len(taken), ()):
        for together in combinations(sorted(taken), size):
            digest = _digest(" ".join(together))
            if len(taken) < _TAKEN or digest[-1] in _HALF:
                yield f"{OF_TITLE}{digest}"


def _features(words: Iterable[str]) -> list[str]:
    features = [each for word in words for each in _of_word(word)]
    longer = [each for each in features if len(each) > _SHORT or is_unspaced(each)]
    return longer if len(longer) >= _ENOUGH else features


def _of_word(word: str) -> Iterable[str]:
    if is_unspaced(word):
        return [word[at : at + 2] for at in range(max(1, len(word) - 1))]
    return [] if is_number(word) else [_skeleton(word)]


def _skeleton(word: str) -> str:
    """Its first letter and the consonants behind it, doubled ones once: `dplr` of Doppler."""
    sounded = word[0] + "".join(each for each in word[1:] if each not in _VOWELS)
    return "".join(each for each, before in zip(sounded, " " + sounded, strict=False) if each != before)[:_BEGINNING]


def _digest(text: str) -> str:
    """Eight letters: short, since each stands in an index, with its outcome's id."""
    return base64.b32encode(hashlib.blake2b(text.encode(), digest_size=5).digest()).decode()
