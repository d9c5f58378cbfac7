"""Files that belong to an outcome, told by where they are and what they are; research stores none of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.research.domain.details.kinds import Address
from services.research.domain.details.unfit import Unfit
from services.research.domain.refusals import AttachmentInvalid, AttachmentNamedTwice

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RESTRICTED_NAME = r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}"
_MEDIA_TYPE = re.compile(rf"{_RESTRICTED_NAME}/{_RESTRICTED_NAME}")
"""Source: RFC 6838, 4.2; without parameters."""


@dataclass(frozen=True)
class Attachment:
    """`address`: `https://…`. `sha256`: of the file's bytes, in hexadecimal. `size`: their number."""

    title: str
    address: str
    sha256: str
    media_type: str
    size: int


def attachments_of(told: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """As told, sum and media type in small letters. Raises `AttachmentInvalid`, `AttachmentNamedTwice`."""
    attachments = tuple(_attachment(number, each) for number, each in enumerate(told, start=1))
    addresses: set[str] = set()
    for attachment in attachments:
        if attachment.address in addresses:
            raise AttachmentNamedTwice(address=attachment.address)
        addresses.add(attachment.address)
    return attachments


def is_address(text: str) -> bool:
    """Whether it is `https://…`, a host by its name and nobody's password."""
    try:
        Address().read(text, lambda _: None)
    except Unfit:
        return False
    return True


def is_sha256(text: str) -> bool:
    """Whether it is such a sum, in small letters."""
    return _SHA256.fullmatch(text) is not None


def _attachment(number: int, told: Attachment) -> Attachment:
    normal = replace(told, sha256=told.sha256.lower(), media_type=told.media_type.lower())
    wrong = {
        "address": None if is_address(normal.address) else "NotAnHttpsAddress",
        "sha256": None if is_sha256(normal.sha256) else "NotASha256",
        "media_type": None if _MEDIA_TYPE.fullmatch(normal.media_type) else "NotAMediaType",
        "size": None if normal.size > 0 else "NotASize",
    }
    for field, why in wrong.items():
        if why:
            raise AttachmentInvalid(attachment=number, field=field, why=why)
    return normal
