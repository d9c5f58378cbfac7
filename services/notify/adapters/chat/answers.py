"""What a service's answer means for a text: it was taken, may be later, or never will.

Whatever is about how this installation is set up (its account, its templates, its clock) is no reason to give a text
up at once. What nobody knows is tried again: after a few times the next channel takes over.

Sources are listed in docs/notify/chat.md.
"""

from collections.abc import Callable, Mapping
from typing import Any

import requests

from services.notify.adapters.chat.posting import AnotherPlace
from services.notify.adapters.egress.session import GuardedRequestFailed
from services.notify.adapters.plain_text import one_line
from services.notify.domain.channels import DINGTALK, FEISHU, SMS, WECOM, WHATSAPP
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer

_LONGEST_DETAIL = 300

AWAY = "away"
"""Later, and the others that wait for this service would fare no better."""

Body = Mapping[str, Any]


def answer_to(channel: str, came: requests.Response | requests.RequestException | None) -> Answer:
    """The answer that what came of a request leads to."""
    if came is None:
        return Answer(NEVER, reason="bad-address")
    if isinstance(came, AnotherPlace):
        return Answer(NEVER, reason="another-place", detail=str(came))
    if isinstance(came, GuardedRequestFailed):
        return Answer(LATER, reason=came.reason, server_away=True)
    if isinstance(came, requests.RequestException):
        return Answer(LATER, reason=type(came).__name__, server_away=True)
    return _answered(channel, came)


def _answered(channel: str, response: requests.Response) -> Answer:
    if response.status_code >= 500:
        return Answer(LATER, reason=f"http {response.status_code}", server_away=True)
    code, said = _READ[channel](_body(response))
    verdict = _verdict(channel, response.status_code, code)
    reason = f"http {response.status_code}" if code is None else f"{channel} {code}"
    detail = one_line(said[: 2 * _LONGEST_DETAIL])[:_LONGEST_DETAIL]
    if verdict == TAKEN:
        return Answer(TAKEN)
    return Answer(LATER if verdict == AWAY else verdict, reason=reason, detail=detail, server_away=verdict == AWAY)


def _verdict(channel: str, status: int, code: int | None) -> str:
    known = _CODES[channel].get(code) if code is not None else None
    if known:
        return known
    if status in (408, 425, 429):
        return AWAY if channel in _OURS else LATER
    if status in (401, 403):
        return AWAY if channel in _OURS else NEVER
    if status in (200, 201):
        return TAKEN if channel in _OURS and code is None else LATER
    return NEVER


def _body(response: requests.Response) -> Body:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _flat(code: str, said: str) -> Callable[[Body], tuple[int | None, str]]:
    return lambda body: (_number(body.get(code)), str(body.get(said, "")))


def _of_meta(body: Body) -> tuple[int | None, str]:
    error = body.get("error")
    return _flat("code", "message")(error) if isinstance(error, dict) else (None, "")


def _of_twilio(body: Body) -> tuple[int | None, str]:
    """A message that was taken has no `code`, or an `error_code` that is null."""
    return _flat("code", "message")(body)


_OURS = frozenset({WHATSAPP, SMS})
"""The account there is the operator's: a refused sign-in is nothing about the person."""

_READ: Mapping[str, Callable[[Body], tuple[int | None, str]]] = {
    WECOM: _flat("errcode", "errmsg"),
    DINGTALK: _flat("errcode", "errmsg"),
    FEISHU: _flat("code", "msg"),
    WHATSAPP: _of_meta,
    SMS: _of_twilio,
}


def _codes(verdict: str, *codes: int) -> dict[int, str]:
    return dict.fromkeys(codes, verdict)


_CODES: Mapping[str, Mapping[int, str]] = {
    WECOM: {0: TAKEN, **_codes(LATER, -1, 45009, 45033), **_codes(NEVER, 93000, 40058, 45002)},
    DINGTALK: {
        0: TAKEN,
        **_codes(LATER, -1, 130101, 410100),
        **_codes(NEVER, 300001, 310000, 400013, 400101, 400102, 400105, 400106, 430101, 430102, 430103, 430104),
    },
    FEISHU: {0: TAKEN, **_codes(LATER, 9499, 11232, 99991400), **_codes(NEVER, 19001, 19021, 19022, 19024)},
    WHATSAPP: {
        **_codes(LATER, 131056),
        **_codes(AWAY, 1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131057),
        **_codes(AWAY, 0, 3, 10, 190, 368, 131005, 131031, 131042, 133010),
        **_codes(AWAY, 132000, 132001, 132005, 132007, 132012, 132015, 132016),
        **_codes(NEVER, 100, 131008, 131009, 131021, 131026, 131030, 131047, 131050, 131051, 130497),
    },
    SMS: {
        **_codes(AWAY, 20003, 20404, 20429, 14107, 21603, 21606, 21659, 21660),
        **_codes(NEVER, 21211, 21214, 21217, 21408, 21610, 21612, 21614, 21617),
    },
}
"""Codes on which more is known than their status says."""
