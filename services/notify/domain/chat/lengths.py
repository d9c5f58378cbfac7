"""How long a text may be, channel by channel, and how one that is too long is cut.

Sources: 3GPP TS 23.038 for the alphabets of SMS, TS 23.040 for its segments; for the others their own documentation
(docs/notify/chat.md).
"""

import re
from collections.abc import Callable, Iterator, Mapping

from services.notify.domain.channels import DINGTALK, FEISHU, SMS, WECOM, WHATSAPP

SEGMENTS = 3
"""How many messages an SMS may be split into: each is paid for."""

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each takes two places."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?۔؟])\s|(?<=[。！？])|\n")

Fits = Callable[[str], bool]


def is_gsm(text: str) -> bool:
    """Whether an SMS of it needs seven bits for a sign; Chinese and Urdu need sixteen (UCS-2)."""
    return all(sign in _GSM or sign in _GSM_EXTENDED for sign in text)


def segments(text: str) -> int:
    """How many messages an SMS of the text is: of 160 places or 70 when it is one, of 153 or 67 when it is several."""
    if is_gsm(text):
        places, alone, of_several = sum(2 if sign in _GSM_EXTENDED else 1 for sign in text), 160, 153
    else:
        places, alone, of_several = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if places <= alone else -(-places // of_several)


FITS: Mapping[str, Fits] = {
    WECOM: lambda text: len(text.encode()) <= 2048,
    DINGTALK: lambda text: len(text) <= 5000,
    FEISHU: lambda text: len(text) <= 5000,
    WHATSAPP: lambda text: len(text) <= 1024,
    SMS: lambda text: segments(text) <= SEGMENTS,
}


def fitted(text: str, link: str, fits: Fits) -> str:
    """The text and its link below it; a text that is too long ends at a sentence, and with a mark. The link is whole.

    `fits`: whether what is given may go. What would not fit without any text is the link alone.
    """
    candidates = (f"{shorter}\n{link}" if shorter else link for shorter in _shortenings(text))
    return next((each for each in candidates if fits(each)), link)


def _shortenings(text: str) -> Iterator[str]:
    """The text, and shorter ones, longest first: at the ends of sentences while there are any, then anywhere."""
    yield text
    mark = "..." if is_gsm(text) else "…"
    for end in reversed([found.start() for found in _SENTENCE_ENDS.finditer(text)]):
        yield f"{text[:end]} {mark}"
    first = _SENTENCE_ENDS.split(text, maxsplit=1)[0]
    for end in range(len(first), 0, -1):
        yield f"{first[:end].rstrip()}{mark}"
    yield ""
