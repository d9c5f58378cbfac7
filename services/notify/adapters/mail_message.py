"""A mail as the message that goes over the wire.

Source: RFC 5322, RFC 2046, RFC 3834 (Auto-Submitted); for invitations RFC 6047 (iMIP).
"""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from services.notify.adapters.mail_policy import POLICY
from services.notify.adapters.plain_text import one_line, short
from services.notify.application.ports import Invitation, Mail

LONGEST_SUBJECT, LONGEST_NAME = 250, 120
LONGEST_ADDRESS = 254
"""A path has 256 (RFC 5321, 4.5.3.1.3), two of them for its brackets."""
UNANSWERED = ("PUBLISH", "CANCEL")
"""The methods of calendar files (RFC 5546) that ask nobody for an answer."""


class BadAddress(ValueError):
    """No mail can be addressed to this. Says so without quoting it."""

    def __init__(self) -> None:
        super().__init__("no single mail address")


def sender_of(text: str) -> Address:
    """The address in a setting such as `Khunjerab <noreply@example.org>`, the name or not. Raises `BadAddress`."""
    name, _, rest = text.rpartition("<")
    return _address(name.strip(' "') or "Khunjerab", rest.rstrip("> "))


def message_of(mail: Mail, sender: Address) -> EmailMessage:
    """Text and HTML, threaded by what it is about, under a Message-ID that every attempt shares.

    Raises `BadAddress`. No value can begin a header of its own: line breaks and control characters become spaces.
    """
    message = EmailMessage(POLICY)
    message["Subject"] = _shown(mail.letter.subject, LONGEST_SUBJECT)
    message["From"] = sender
    message["To"] = _address(mail.to.name_for(mail.letter.language), mail.to.email)
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.id}{f'.{mail.again}' if mail.again else ''}@{sender.domain}>"
    # A message that never was written heads the thread: so the mails hang together in whatever order they come.
    message["In-Reply-To"] = message["References"] = f"<{mail.thread}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    _name_the_way_out(message, mail.letter.pace_link)
    # Exchange looks at this alone. Never DR: what cannot be delivered is to come back.
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(_whole(mail.letter.text))
    message.add_alternative(_whole(mail.letter.html), subtype="html")
    if mail.invitation:
        _enclose(message, mail.invitation)
    # Last: setting the content takes every Content- header away.
    message["Content-Language"] = mail.letter.language
    return message


def _name_the_way_out(message: EmailMessage, pace_link: str) -> None:
    """How mail programs take their reader off, with one press where it is encrypted. Source: RFC 2369, RFC 8058."""
    if pace_link:
        message["List-Unsubscribe"] = f"<{pace_link}>"
    if pace_link.startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _enclose(message: EmailMessage, invitation: Invitation) -> None:
    """Adds a calendar file twice, the same bytes, and says where its answers go, if to anybody. Raises `BadAddress`.

    RFC 6047 asks for a part of type text/calendar whose `method` is that of the file (2.4), with its charset: as the
    last of the alternatives, which is the best one, it is what calendar programs act upon. Some mail programs offer
    only what is attached, under a name, to be put into a calendar by hand: hence also the attachment. It is no
    text/calendar, so that nobody acts twice, and stands behind the alternatives: Outlook looks in the first part alone.
    """
    asks = invitation.method not in UNANSWERED or invitation.reply_to
    if asks:
        message["Reply-To"] = _address("", invitation.reply_to)
    parameters = {"method": invitation.method, "charset": "UTF-8"}
    # As bytes, in base64: a file's lines end in CR LF and may not be broken or joined on the way.
    message.add_alternative(invitation.content, "text", "calendar", params=parameters)
    message.add_attachment(invitation.content, "application", "ics", filename="invite.ics" if asks else "visit.ics")


def _address(name: str, address: str) -> Address:
    """Every server takes the result: a domain in another script is written as DNS has it (RFC 3490).

    What stands before the `@` has no such form: only servers that know SMTPUTF8 take other scripts there.
    """
    try:
        found = Address(_shown(name, LONGEST_NAME), addr_spec=address)
        domain = found.domain if found.domain.isascii() else found.domain.encode("idna").decode()
    except (MessageError, ValueError, IndexError):
        raise BadAddress from None
    if not found.username or not domain or len(address) > LONGEST_ADDRESS:
        raise BadAddress
    if one_line(address) != address or " " in address:
        raise BadAddress
    return Address(found.display_name, found.username, domain)


def _shown(text: str, most: int) -> str:
    """What people typed, for a header: on one short line, and nothing in it that a reader would decode (RFC 2047)."""
    return short(text, most).replace("=?", "= ?")


def _whole(text: str) -> str:
    """Without halves of signs (surrogates) and zeros, which no mail can carry."""
    return text.encode(errors="replace").decode().replace("\0", "")
