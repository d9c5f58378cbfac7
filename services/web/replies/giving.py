"""Giving an answer: the link is used for it, and the exchange hears it as the person's own reply."""

from chassis.kernel.ids import derived
from services.web.asking import gateway
from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.replies.acting import ANYBODY
from services.web.replies.reading import Asked


def give(asked: Asked, answer: str) -> None:
    """Uses the link for the answer and gives it. The same answer again is the same command again: one effect.

    The link comes first: of two answers that are given at once, one alone goes on. What the exchange then refuses was
    not recorded, and the link is given back. Raises `Refused` and whatever the gateway does.
    """
    used = {"token": asked.token, "answer": answer}
    gateway().call("notify", "answer_by_link", used, actor=ANYBODY)
    if asked.subject is None or not asked.is_told_to_the_exchange:
        return
    fields, once = asked.subject.reply(answer), derived("reply-link", str(asked.link["id"]), answer)
    try:
        gateway().call("exchange", asked.subject.method, fields, actor=asked.actor, command_id=once)
    except Refused:
        _give_back(used)
        raise


def _give_back(used: dict[str, str]) -> None:
    try:
        gateway().call("notify", "give_back_link", used, actor=ANYBODY)
    except (Refused, CallTimedOut, ServiceUnavailable, ServiceFailed):
        # It stays used for this answer, which can be given again, and is then refused and given back again.
        return
