"""Of what people are told, by which way and how soon, and what they say to it."""

from typing import Any

from flask_babel import lazy_gettext as _l

MESSAGE_WORDS: dict[str, dict[str, Any]] = {
    "answer": {
        "accepted": _l("Accept"),
        "tentative": _l("Tentative"),
        "declined": _l("Decline"),
        "acknowledged": _l("I know of this"),
    },
    "answered": {
        "accepted": _l("You accepted."),
        "tentative": _l("You answered “tentative”."),
        "declined": _l("You declined."),
        "acknowledged": _l("You said that you know of this."),
    },
    "pace": {
        "at-once": _l("At once"),
        "daily": _l("In one mail a day"),
        "weekly": _l("In one mail a week"),
        "never": _l("No such mails"),
    },
    "mails-about": {
        "all": _l("This is about all mails that you get from here."),
        "visits": _l("This is about mails on visits."),
        "consultations": _l("This is about mails on consultations."),
        "agreements": _l("This is about mails on agreements."),
        "outcomes": _l("This is about mails on research outcomes."),
        "imports": _l("This is about mails on files that you brought."),
        "webhooks": _l("This is about mails on webhooks that you registered."),
        "announcements": _l("This is about mails with announcements."),
    },
    "how-soon": {
        "at-once": _l("At once"),
        "daily": _l("Gathered, once a day"),
        "weekly": _l("Gathered, once a week"),
        "if-others-fail": _l("Only if other ways fail"),
        "never": _l("Not this way"),
    },
    "category": {
        "visits": _l("Visits"),
        "consultations": _l("Consultations"),
        "agreements": _l("Agreements"),
        "outcomes": _l("Outcomes"),
        "imports": _l("Files that you brought"),
        "webhooks": _l("Webhooks"),
        "announcements": _l("Announcements"),
    },
    "channel": {
        "email": _l("E-mail"),
        "wecom": "WeCom",
        "dingtalk": "DingTalk",
        "feishu": "Feishu",
        "whatsapp": "WhatsApp",
        "sms": _l("SMS"),
    },
    "delivery": {
        "queued": _l("waiting to be sent"),
        "sent": _l("sent"),
        "delivered": _l("delivered"),
        "delivery_attempted": _l("being tried again"),
        "undelivered": _l("could not be delivered"),
        "not_sent": _l("not sent"),
        "bounced": _l("came back"),
    },
    "announcement": {
        "going-out": _l("Going out"),
        "told": _l("Everybody is told"),
        "withdrawn": _l("Withdrawn"),
    },
    "channel-state": {
        "in-use": _l("In use"),
        "paused": _l("Paused"),
    },
    "why-told": {
        "told": _l("They were told"),
        "own-deed": _l("They did it themselves"),
        "not-named": _l("It does not concern them"),
    },
    "reached": {
        "unconfirmed": _l("Not confirmed yet"),
        "confirmed": _l("Confirmed"),
    },
    "reached-how": {
        "wecom": _l("In a group of your own, under Group Bots: the address of a bot ends in its key."),
        "dingtalk": _l("In a group of your own, under Bots: the address of a robot ends in its token."),
        "feishu": _l("In a group of your own, under Bots: the last part of the address of a bot is its token."),
        "whatsapp": _l("With the code of the country: +923451234567"),
        "sms": _l("With the code of the country: +923451234567"),
    },
}
