"""What a field takes: each kind reads a value of JSON into its normal form, which is one too, or raises `Unfit`."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from services.research.domain.details.amounts import Decimals
from services.research.domain.details.unfit import Unfit

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LINE_END = re.compile(r"[\t\n]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"https://([a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}(:[0-9]{1,5})?([/?#][!-~]*)?", re.IGNORECASE)
YEARS = range(1970, 2201)
LONGEST_ADDRESS = 500


class Kind(Protocol):
    """`told`: what it takes, in words."""

    @property
    def told(self) -> str: ...

    def read(self, value: Any, decimals: Decimals, /) -> Any:
        """The value's normal form. Raises `Unfit`."""
        ...


@dataclass(frozen=True)
class Text:
    """Text of so many characters; of one line unless it is `prose`."""

    most: int = 200
    prose: bool = False

    @property
    def told(self) -> str:
        return f"text, {self.most} characters at most" if self.prose else f"one line, {self.most} characters at most"

    def read(self, value: Any, _: Decimals, /) -> str:
        text = value.replace("\r\n", "\n").strip() if isinstance(value, str) else None
        if text is None or _CONTROL.search(text):
            raise Unfit("NotText")
        if not text:
            raise Unfit("Empty")
        if len(text) > self.most:
            raise Unfit("TooLong", most=self.most)
        if not self.prose and _LINE_END.search(text):
            raise Unfit("NotOneLine")
        return text


@dataclass(frozen=True)
class OneOf:
    """One code of a closed list."""

    codes: tuple[str, ...]

    @property
    def told(self) -> str:
        return ", ".join(f"`{code}`" for code in self.codes)

    def read(self, value: Any, _: Decimals, /) -> str:
        if value not in self.codes:
            raise Unfit("NotOneOf", codes=list(self.codes))
        return str(value)


@dataclass(frozen=True)
class Day:
    told: str = "a day, as `2026-12-31`"

    def read(self, value: Any, _: Decimals, /) -> str:
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            raise Unfit("NotADay")
        return day.isoformat()


@dataclass(frozen=True)
class Number:
    """A whole number within bounds; text is none, nor is true."""

    least: int = 0
    most: int = 1_000_000_000

    @property
    def told(self) -> str:
        return f"a whole number from {self.least} to {self.most}"

    def read(self, value: Any, _: Decimals, /) -> int:
        if type(value) is not int:
            raise Unfit("NotANumber")
        if not self.least <= value <= self.most:
            raise Unfit("OutOfBounds", least=self.least, most=self.most)
        return value


@dataclass(frozen=True)
class YesOrNo:
    told: str = "true or false"

    def read(self, value: Any, _: Decimals, /) -> bool:
        if type(value) is not bool:
            raise Unfit("NotYesOrNo")
        return value


@dataclass(frozen=True)
class Address:
    """Of a page or file that is reached over HTTPS, by the name of a host; nobody's password in it."""

    told: str = "an address, `https://…`"

    def read(self, value: Any, _: Decimals, /) -> str:
        if not isinstance(value, str) or len(value) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(value):
            raise Unfit("NotAnHttpsAddress")
        return value


@dataclass(frozen=True)
class Written:
    """Text of a form: `word` says what it is not where it is otherwise, `example` how it looks."""

    form: str
    word: str
    example: str

    @property
    def told(self) -> str:
        return f"as `{self.example}`"

    def read(self, value: Any, _: Decimals, /) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.form, value):
            raise Unfit(self.word, example=self.example)
        return value
