"""Mails with a reply in them, in the shapes that mail programs give them; illustrative, none was recorded."""

import base64
import quopri

BANO = "bano@gilgit.example"


def mailed(content: bytes, sender: str = f"Shahida Bano <{BANO}>", charset: str = "utf-8") -> bytes:
    """The calendar alone."""
    return message(sender, (f"text/calendar; charset={charset}; method=REPLY", "8bit", content))


def message(sender: str, *parts: tuple[str, str, bytes], kind: str = "mixed") -> bytes:
    """A mail of parts of (content type, transfer encoding, content not yet encoded); one alone is the mail's body."""
    head = (
        f"From: {sender}\r\nTo: consultations@khunjerab.example\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n".encode()
    )
    if len(parts) == 1:
        return head + part(*parts[0])
    return head + multipart(*(part(*each) for each in parts), kind=kind)


def part(content_type: str, encoding: str, content: bytes) -> bytes:
    written = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(content)
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + written


def multipart(*parts: bytes, kind: str, boundary: str = "next") -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    line = f"\r\n--{boundary}".encode()
    return head + b"".join(line + b"\r\n" + each for each in parts) + line + b"--\r\n"
