"""What a harvester asks: a verb with arguments, each at most once."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.research.domain.harvesting.wrong import BAD_ARGUMENT, BAD_VERB, Wrong

IDENTIFY, LIST_FORMATS, LIST_SETS = "Identify", "ListMetadataFormats", "ListSets"
GET_RECORD, LIST_IDENTIFIERS, LIST_RECORDS = "GetRecord", "ListIdentifiers", "ListRecords"
TOKEN = "resumptionToken"  # noqa: S105


@dataclass(frozen=True)
class _Takes:
    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ()
    goes_on: bool = False
    """Whether a token may stand in the place of all others."""


_LIST = _Takes(("metadataPrefix",), ("from", "until", "set"), goes_on=True)
_VERBS: Mapping[str, _Takes] = {
    IDENTIFY: _Takes(),
    LIST_FORMATS: _Takes(may_have=("identifier",)),
    LIST_SETS: _Takes(goes_on=True),
    GET_RECORD: _Takes(("identifier", "metadataPrefix")),
    LIST_IDENTIFIERS: _LIST,
    LIST_RECORDS: _LIST,
}
_URI = r"(?!.*//)([A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?@!$&'()*+,;=-]{1,500}|[A-Za-z0-9._~/?@!$&'()*+,;=-]{1,500})"
_FORMS = {
    "identifier": re.compile(_URI),
    "metadataPrefix": re.compile(r"[A-Za-z0-9_.!~*'()-]{1,100}"),
    "set": re.compile(r"[A-Za-z0-9_.!~*'()-]{1,100}(:[A-Za-z0-9_.!~*'()-]{1,100})*"),
    TOKEN: re.compile(r"[!-~]{1,500}"),
}
"""How the protocol's schema writes them; what is otherwise is not understood, and is not repeated."""


@dataclass(frozen=True)
class Asked:
    """`arguments`: all but the verb, as they came."""

    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The argument; nothing where it is not given."""
        return self.arguments.get(name, "")


def asked(arguments: Iterable[tuple[str, str]]) -> Asked:
    """Raises `Wrong`: `badVerb`, `badArgument`."""
    given = list(arguments)
    often = Counter(name for name, _ in given)
    said = dict(given)
    verb = said.pop("verb", "")
    if often["verb"] != 1 or verb not in _VERBS:
        raise Wrong(BAD_VERB, "One verb is needed: " + ", ".join(_VERBS))
    if max(often.values()) > 1:
        raise Wrong(BAD_ARGUMENT, "An argument is given more than once")
    _must_fit(_VERBS[verb], said)
    return Asked(verb, said)


def _must_fit(takes: _Takes, said: Mapping[str, str]) -> None:
    if takes.goes_on and TOKEN in said:
        known, needed = {TOKEN}, {TOKEN}
    else:
        known, needed = {*takes.needs, *takes.may_have}, set(takes.needs)
    if said.keys() - known:
        raise Wrong(BAD_ARGUMENT, "The verb takes " + (", ".join(sorted(known)) or "nothing") + ", and nothing else")
    if missing := needed - said.keys():
        raise Wrong(BAD_ARGUMENT, "The verb needs " + ", ".join(sorted(missing)))
    for name, form in _FORMS.items():
        if name in said and not form.fullmatch(said[name]):
            raise Wrong(BAD_ARGUMENT, f"{name} is not written as the protocol has it")
