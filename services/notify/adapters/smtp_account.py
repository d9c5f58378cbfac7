"""Where and how mails are handed over, and the conversation begun there."""

import smtplib
import ssl
from dataclasses import dataclass, field

from services.notify.adapters.bounces.return_address import ReturnAddress
from services.notify.adapters.smtp_patience import Patience, PatientSmtp, PatientSmtpOverTls

PLAIN, STARTTLS, IMPLICIT = "plain", "starttls", "implicit"


@dataclass(frozen=True)
class SmtpAccount:
    """`user` empty: no sign-in. `sender` as it stands in `From`.

    `encryption`: none; `STARTTLS` (RFC 3207), without which nothing is said to a server that does not offer it; or from
    the first byte on (RFC 8314), usual at port 465. The certificate has to be the host's, by an authority of the system
    or of `ca_file`. `client_name`: what this machine calls itself in EHLO; empty: its own name.
    `returns_to`: the envelope's sender, where what cannot be delivered comes back to; without it, that of `From`.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    encryption: str = PLAIN
    ca_file: str = ""
    client_name: str = ""
    returns_to: ReturnAddress | None = None


def conversation_with(account: SmtpAccount, patience: Patience) -> smtplib.SMTP:
    """A conversation in which mails can be handed over at once. Raises `SMTPException`, `OSError`."""
    server = _connected(account, patience)
    try:
        if account.encryption == STARTTLS:
            server.starttls(context=_context(account))
        if account.user:
            server.login(account.user, account.password)
    except BaseException:
        server.close()
        raise
    return server


def _connected(account: SmtpAccount, patience: Patience) -> smtplib.SMTP:
    name = account.client_name or None
    if account.encryption == IMPLICIT:
        return PatientSmtpOverTls(account.host, account.port, name, _context(account), patience)
    return PatientSmtp(account.host, account.port, name, patience)


def _context(account: SmtpAccount) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=account.ca_file or None)
