"""In which language a text is told, where its letters say so. Source: BCP 47, 4.1; Unicode 15, blocks."""

import re

UNKNOWN = "und"
"""BCP 47 has it for what must have a language and has none that is known."""
CHINESE = "zh"
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_JAPANESE_OR_KOREAN = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_OTHER_WORDS = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """`zh` of a text that is mostly Han's, of which none is in Japan's or Korea's own letters; else `und`.

    Latin letters are those of many languages, and Arab ones of Urdu, Uyghur and Kashmiri alike.
    """
    characters = len(_HAN.findall(text))
    others = len(_OTHER_WORDS.findall(_HAN.sub(" ", text)))
    return CHINESE if characters > others and not _JAPANESE_OR_KOREAN.search(text) else UNKNOWN
