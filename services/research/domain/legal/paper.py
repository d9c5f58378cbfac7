"""A document, told by where it is and by what one knows that it is still the same; research stores none."""

from dataclasses import dataclass

from services.research.domain.attachments import is_address, is_sha256
from services.research.domain.legal.refusals import PaperInvalid


@dataclass(frozen=True)
class Paper:
    """`address`: `https://…`. `sha256`: of the file's bytes, in hexadecimal."""

    address: str
    sha256: str


def paper_of(address: str, sha256: str) -> Paper:
    """As told, the sum in small letters. Raises `PaperInvalid`."""
    paper = Paper(address, sha256.lower())
    if not is_address(paper.address):
        raise PaperInvalid(field="address", why="NotAnHttpsAddress")
    if not is_sha256(paper.sha256):
        raise PaperInvalid(field="sha256", why="NotASha256")
    return paper
