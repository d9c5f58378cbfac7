"""Descriptions of papers of one narrow field, made by chance from a seed, and the same as somebody else wrote them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from services.research.domain.duplicates.scoring import Described

_WORDS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
_ENGLISH, _CHINESE = _WORDS["english"], _WORDS["chinese"]
"""What is done, about what, with whom, and how that was studied."""
_SHAPES = (
    "{0} for {1} in {2}: {3}",
    "{3} of {0} in {1} among {2}",
    "{1} in {2} treated with {0}: {3}",
    "{0} and {1}: {3} in {2}",
)
_CHINESE_SHAPES = ("{0}在{2}{1}诊治中的应用：{3}", "{2}{1}的{0}{3}")
_SYLLABLES = _WORDS["syllables"]
_NAMES = (_WORDS["given"], _WORDS["families"])
_PLACES = [
    f"{one}{two}{three}".capitalize() for one in _SYLLABLES for two in _SYLLABLES[::3] for three in _SYLLABLES[::6]
]
_PLACES_IN_CHINESE = [one + two for one in "喀什阿克苏和田伊宁乌吉尔" for two in "木里河山坪川湖泉城镇"]


def papers(count: int, seed: int = 1) -> list[Described]:
    """Of ten one in Chinese; each has two to six authors, a year, and seven of ten a DOI."""
    chance = Random(seed)
    return [_paper(number, chance) for number in range(count)]


def _paper(number: int, chance: Random) -> Described:
    words, shapes = (_CHINESE, _CHINESE_SHAPES) if chance.random() < 0.1 else (_ENGLISH, _SHAPES)
    title = chance.choice(shapes).format(*_words(words, chance))
    authors = tuple(
        f"{chance.choice(_WORDS['given'])} {chance.choice(_WORDS['families'])}" for _ in range(chance.randint(2, 6))
    )
    doi = f"10.5555/paper.{number}" if chance.random() < 0.7 else ""
    return Described(title[0].upper() + title[1:], chance.randint(1995, 2026), authors, doi)


def _words(lists: Sequence[Sequence[str]], chance: Random) -> list[str]:
    """One of each; what is said in English says a kind and a place besides."""
    method, disease, people, design = map(chance.choice, lists)
    if lists is _CHINESE:
        return [method, disease, chance.choice(_PLACES_IN_CHINESE) + people, design]
    kind, place = chance.choice(_WORDS["kinds"]), chance.choice(_PLACES)
    return [method, f"{kind} {disease}", f"{people} of {place}", design]


def otherwise_written(paper: Described, chance: Random) -> Iterator[tuple[str, Described]]:
    """Each way of writing the same paper otherwise, by its name. None of them tells a DOI."""
    bare = replace(paper, doi="")
    for name, way in WAYS.items():
        yield name, way(bare, chance)


def that_look_alike(paper: Described, chance: Random) -> Iterator[tuple[str, Described]]:
    """Other papers that are nearly the same, by what is not. None of them tells a DOI."""
    bare = replace(paper, doi="")
    words = [each for each in paper.title.split(" ") if len(each) > 3 and each.isascii()]
    if words:
        instead = chance.choice(_ENGLISH[1]).partition(" ")[0]
        yield "another word", replace(bare, title=paper.title.replace(chance.choice(words), instead))
    if "肝" in paper.title:
        yield "another organ in Chinese", replace(bare, title=paper.title.replace("肝", "肺", 1))
    yield "another part", replace(bare, title=f"{paper.title}, part 2")
    yield "others' of another year", replace(bare, year=(paper.year or 0) - 3, authors=_paper(0, chance).authors)


def _mistyped(paper: Described, chance: Random) -> Described:
    letters = list(paper.title)
    for _ in range(2):
        at = chance.randrange(1, len(letters) - 1)
        one, two = letters[at], letters[at + 1]
        letters[at : at + 2] = chance.choice([(two, one), (one,), (one, one, two)])
    return replace(paper, title="".join(letters))


def _abbreviated(paper: Described, chance: Random) -> Described:
    words = paper.title.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 8 and word.isascii()]
    for at in chance.sample(long, min(2, len(long))):
        words[at] = f"{words[at][:6]}."
    return replace(paper, title=" ".join(words))


def _swapped(paper: Described, _: Random) -> Described:
    """`Bano S`: the family's name first, and only what the given one begins with."""
    return replace(paper, authors=tuple(f"{name.split()[1]}, {name[0]}." for name in paper.authors))


def _of_no_year(paper: Described, _: Random) -> Described:
    return replace(paper, year=None)


def _of_next_year(paper: Described, _: Random) -> Described:
    return replace(paper, year=(paper.year or 0) + 1)


def _translated(paper: Described, chance: Random) -> Described:
    """The subtitle in another language; a title without one is left as it is."""
    main, colon, _ = paper.title.partition(": ")
    return replace(paper, title=f"{main}: {chance.choice(_CHINESE[3])}") if colon else paper


def _cut(paper: Described, _: Random) -> Described:
    return replace(paper, title=paper.title.partition(": ")[0].partition("：")[0])


def _in_latex(paper: Described, _: Random) -> Described:
    title = "".join(f"{{{each}}}" if each.isupper() else each for each in paper.title.replace("-", "--"))
    names = tuple(name.replace("ü", '{\\"u}').replace("Ç", "{\\c C}") for name in paper.authors)
    return replace(paper, title=title, authors=names)


def _of_one_author(paper: Described, _: Random) -> Described:
    return replace(paper, authors=(*paper.authors[:1],))


WAYS: Mapping[str, Callable[[Described, Random], Described]] = {
    "two slips of the pen": _mistyped,
    "abbreviated words": _abbreviated,
    "names swapped": _swapped,
    "no year": _of_no_year,
    "the year after": _of_next_year,
    "subtitle translated": _translated,
    "subtitle left out": _cut,
    "as LaTeX": _in_latex,
    "the first author alone": _of_one_author,
}
