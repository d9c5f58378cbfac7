"""Where the mailbox is, as one address: `imaps://user:password@host/INBOX`."""

from urllib.parse import unquote, urlsplit

from chassis.mailbox.imap import MailServer

HERE = ("127.0.0.1", "localhost", "::1")
PORTS = {"imaps": 993, "imap": 143}


def mail_server(address: str) -> MailServer:
    """Login and password may be percent-encoded. Raises `ValueError`, which quotes nothing of the address."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not (parts.hostname and parts.username and parts.password):
        raise ValueError("an address is needed like imaps://user:password@mail.example/INBOX")
    if parts.scheme == "imap" and parts.hostname not in HERE:
        raise ValueError("only on this machine a password may travel unencrypted: use imaps")
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        login=unquote(parts.username),
        password=unquote(parts.password),
        encrypted=parts.scheme == "imaps",
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
