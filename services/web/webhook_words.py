"""Of webhooks: how they stand, what they are told of, and what became of that."""

from typing import Any

from flask_babel import lazy_gettext as _l

WEBHOOK_WORDS: dict[str, dict[str, Any]] = {
    "webhook": {
        "enabled": _l("Enabled"),
        "disabled": _l("Disabled"),
    },
    "webhook-why": {
        "gone": _l("Its receiver answered that it is gone for good."),
        "failing": _l("Nothing that was sent to it was taken for five days."),
    },
    "events-of": {
        "exchange.agreement": _l("Agreements"),
        "exchange.visit": _l("Visits"),
        "exchange.letter": _l("Letters"),
        "exchange.report": _l("Annual reports"),
        "exchange.consultation": _l("Consultations"),
        "exchange.track": _l("Steps towards a visit"),
        "research.outcome": _l("Outcomes"),
        "research.track": _l("Steps towards an approval"),
        "research.import": _l("Files that were brought"),
        "notify.escalation": _l("What nobody answered in time"),
    },
    "webhook-delivery": {
        "queued": _l("Waiting to be sent"),
        "delivery_attempted": _l("Being tried again"),
        "delivered": _l("Delivered"),
        "undelivered": _l("Given up"),
        "not_sent": _l("Not sent"),
    },
    "attempt": {
        "address-not-allowed": _l("Nothing is sent to this address any more: it is not allowed."),
        "name-not-resolved": _l("The name in the address is not known."),
        "connect-timeout": _l("Nobody answered there in time."),
        "not-connected": _l("Nobody answers there."),
        "certificate": _l("Its certificate cannot be believed."),
        "tls": _l("No secure connection came about."),
        "too-slow": _l("It answered too slowly."),
        "broken-off": _l("It broke the connection off."),
        "broken-answer": _l("Its answer cannot be read."),
        "answer-too-large": _l("Its answer is too large."),
        "redirected": _l("It leads to another address, and that is not followed."),
        "request-too-large": _l("The event is too large to be sent."),
        "secret-unreadable": _l("Its secret cannot be read any more: make another."),
        "webhook-disabled": _l("The webhook was disabled before."),
        "webhook-removed": _l("The webhook was removed before."),
    },
    "address-because": {
        "length": _l("it is too long"),
        "form": _l("it has to begin with https://, in plain letters, digits and signs, and have nothing behind a #"),
        "user-info": _l("it has a name or a password in it"),
        "host": _l("its host is neither a name nor a number in its usual form"),
        "port": _l("its port has to be 443, or 1024 and above"),
        "not-public": _l("it does not lie on the public internet, and this network is not allowed here"),
    },
}
