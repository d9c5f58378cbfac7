"""The operator's own accounts, by which people's telephones are written to."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SmsAccount:
    """At Twilio: its SID, its token, and the number that messages come from."""

    sid: str
    token: str = field(repr=False)
    sender: str


@dataclass(frozen=True)
class WhatsAppAccount:
    """At Meta's Cloud API. `template`: one with a single place in its body, approved in each language."""

    phone_id: str
    token: str = field(repr=False)
    template: str


@dataclass(frozen=True)
class Accounts:
    """What the operator offers. `bots`: the channels whose bots people bring themselves."""

    bots: frozenset[str] = frozenset()
    sms: SmsAccount | None = None
    whatsapp: WhatsAppAccount | None = None
