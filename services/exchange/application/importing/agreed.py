"""Agreements as a cell names them: by English name and first day."""

import re
from collections.abc import Sequence

from chassis.kernel.cells import writable
from chassis.kernel.errors import Unknown
from services.exchange.application.importing.knowing import Ambiguous
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_text import Text

_WITH_DAY = re.compile(r"(.*) \[([0-9]{4}-[0-9]{2}-[0-9]{2})\]\Z", re.DOTALL)


class Agreed:
    """The agreements, as they stood when this was made."""

    def __init__(self, agreements: Sequence[Agreement]) -> None:
        self._agreements = {each.id: each for each in agreements}

    def text_of(self, agreement_id: str) -> str:
        """What a cell calls it: `Memorandum [2026-01-01]`, or its id where others are called so, too."""
        agreement = self._agreements.get(agreement_id)
        if agreement is None:
            return agreement_id
        name, day = agreement.names["en"], agreement.in_effect_from.isoformat()
        return f"{name} [{day}]" if len(self._found(writable(name), day)) == 1 else agreement_id

    def called(self, text: str) -> Agreement:
        """The agreement of this name, name and day, or id. Raises `Unknown`, `Ambiguous`."""
        if text in self._agreements:
            return self._agreements[text]
        named = _WITH_DAY.match(text)
        found = (self._found(*named.groups()) if named else []) or self._found(text)
        if len(found) != 1:
            raise (Ambiguous if found else Unknown)(kind="agreement", id=text)
        return found[0]

    def condition(self, agreement: Agreement, kind: str, field: str, sending: str, host: str) -> str:
        """The id of its condition of this kind, field and direction. Raises `Unknown`, `Ambiguous`."""
        wanted = (kind, field, sending, host)
        found = [
            each.id
            for each in agreement.conditions
            if (each.kind, each.field, each.sending_site, each.host_site) == wanted
        ]
        if len(found) != 1:
            raise (Ambiguous if found else Unknown)(kind="condition", id=f"{kind}, {field}")
        return found[0]

    def _found(self, english: str, day: str | None = None) -> list[Agreement]:
        """Those whose text that stands is called so; where none is, those of which another text is or was."""
        agreements = self._agreements.values()
        standing = [each for each in agreements if _is_called(each.text, english, day)]
        return standing or [
            each for each in agreements if any(_is_called(version.text, english, day) for version in each.versions)
        ]


def _is_called(text: Text, english: str, day: str | None) -> bool:
    return writable(text.names["en"]) == english and day in (None, text.in_effect_from.isoformat())
