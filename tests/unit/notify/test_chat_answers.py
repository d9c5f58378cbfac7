"""What a service's answer means for a text, whatever Apprise makes of it."""

import pytest
import requests

from services.notify.adapters.chat import AppriseMessenger
from services.notify.adapters.egress import RequestFailed, Response
from services.notify.application.chat import Text
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer
from tests.fakes.chat import ACCOUNTS, FIELDS, FakeHttp, json_answer

AWAY = "away"
WECOM_INVALID = '{"errcode": 93000, "errmsg": "invalid webhook url, hint: [1592021214_50]"}'
META = '{"error": {"message": "%s", "type": "OAuthException", "code": %d}}'
TWILIO = '{"code": %d, "message": "no", "status": %d}'


def answered(channel: str, *answers: Response | RequestFailed) -> Answer:
    messenger = AppriseMessenger(FakeHttp(*answers), ACCOUNTS)  # type: ignore[arg-type]
    return messenger.send(Text(channel, FIELDS[channel], "A text", "en"))


def verdict(answer: Answer) -> str:
    return AWAY if answer.server_away else answer.verdict


@pytest.mark.parametrize(
    ("channel", "status", "body", "expected", "reason"),
    [
        ("wecom", 200, '{"errcode": 0, "errmsg": "ok"}', TAKEN, ""),
        ("wecom", 200, '{"errcode": 45009, "errmsg": "api freq out of limit"}', LATER, "wecom 45009"),
        ("wecom", 200, '{"errcode": 45033, "errmsg": "api concurrent out of limit"}', LATER, "wecom 45033"),
        ("wecom", 200, '{"errcode": -1, "errmsg": "system busy"}', LATER, "wecom -1"),
        ("wecom", 200, WECOM_INVALID, NEVER, "wecom 93000"),
        ("wecom", 200, '{"errcode": 99999, "errmsg": "new"}', LATER, "wecom 99999"),
        ("wecom", 200, "<html>", LATER, "http 200"),
        ("wecom", 200, "[]", LATER, "http 200"),
        ("wecom", 429, "", LATER, "http 429"),
        ("wecom", 404, "", NEVER, "http 404"),
        ("wecom", 502, "<html>", AWAY, "http 502"),
        ("dingtalk", 200, '{"errcode": 0, "errmsg": "ok"}', TAKEN, ""),
        ("dingtalk", 200, '{"errcode": 130101, "errmsg": "send too fast, exceed 20 times"}', LATER, "dingtalk 130101"),
        ("dingtalk", 200, '{"errcode": 310000, "errmsg": "sign not match"}', NEVER, "dingtalk 310000"),
        ("dingtalk", 200, '{"errcode": 300001, "errmsg": "token is not exist"}', NEVER, "dingtalk 300001"),
        ("feishu", 200, '{"StatusCode": 0, "code": 0, "msg": "success"}', TAKEN, ""),
        ("feishu", 200, '{"code": 11232, "msg": "frequency limited psm"}', LATER, "feishu 11232"),
        ("feishu", 400, '{"code": 9499, "msg": "too many request"}', LATER, "feishu 9499"),
        ("feishu", 429, '{"code": 99991400, "msg": "request trigger frequency limit"}', LATER, "feishu 99991400"),
        ("feishu", 400, '{"code": 19001, "msg": "param invalid"}', NEVER, "feishu 19001"),
        ("feishu", 200, '{"code": 19024, "msg": "Key Words Not Found"}', NEVER, "feishu 19024"),
        ("whatsapp", 200, '{"messages": [{"id": "wamid.1"}]}', TAKEN, ""),
        ("whatsapp", 429, META % ("(#130429) Rate limit hit", 130429), AWAY, "whatsapp 130429"),
        ("whatsapp", 400, META % ("(#131056) pair rate limit", 131056), LATER, "whatsapp 131056"),
        ("whatsapp", 401, META % ("Access token has expired", 190), AWAY, "whatsapp 190"),
        ("whatsapp", 404, META % ("Template does not exist", 132001), AWAY, "whatsapp 132001"),
        ("whatsapp", 400, META % ("Message undeliverable", 131026), NEVER, "whatsapp 131026"),
        ("whatsapp", 403, "", AWAY, "http 403"),
        ("sms", 201, '{"sid": "SM1", "error_code": null, "code": null}', TAKEN, ""),
        ("sms", 400, TWILIO % (21211, 400), NEVER, "sms 21211"),
        ("sms", 400, TWILIO % (21999, 400), NEVER, "sms 21999"),
        ("sms", 400, TWILIO % (21606, 400), AWAY, "sms 21606"),
        ("sms", 401, TWILIO % (20003, 401), AWAY, "sms 20003"),
        ("sms", 429, TWILIO % (20429, 429), AWAY, "sms 20429"),
        ("sms", 503, "", AWAY, "http 503"),
    ],
)
def test_each_answer_leads_to_its_verdict(channel: str, status: int, body: str, expected: str, reason: str) -> None:
    answer = answered(channel, json_answer(body, status))
    assert (verdict(answer), answer.reason) == (expected, reason)


def test_what_apprise_calls_sent_may_be_none() -> None:
    """Why the answer is read here: of WeCom and DingTalk it knows the status alone."""
    messenger = AppriseMessenger(FakeHttp(json_answer(WECOM_INVALID)), ACCOUNTS)  # type: ignore[arg-type]
    way = messenger._ways["wecom"]
    assert way._made(Text("wecom", FIELDS["wecom"], "A text", "en")).notify(body="A text") is True
    came = way._place.what_came()
    assert isinstance(came, requests.Response)
    assert came.json()["errcode"] == 93000


def test_what_the_service_said_is_kept_on_one_line_and_short() -> None:
    answer = answered("wecom", json_answer('{"errcode": 93000, "errmsg": "a\\nb %s"}' % ("x" * 1000)))
    assert answer.detail.startswith("a b xxx")
    assert len(answer.detail) == 300


@pytest.mark.parametrize("reason", ["connect-timeout", "too-slow", "redirected", "certificate", "address-not-allowed"])
def test_a_request_that_came_to_nothing_is_tried_again_and_the_others_wait(reason: str) -> None:
    answer = answered("wecom", RequestFailed(reason=reason, detail=""))
    assert answer == Answer(LATER, reason=reason, server_away=True)


def test_the_answer_to_one_text_is_never_taken_for_that_to_the_next() -> None:
    messenger = AppriseMessenger(FakeHttp(json_answer('{"errcode": 0}')), ACCOUNTS)  # type: ignore[arg-type]
    assert messenger.send(Text("wecom", FIELDS["wecom"], "A text", "en")).verdict == TAKEN
    assert messenger.send(Text("wecom", {"key": "none such"}, "A text", "en")).reason == "bad-address"
    assert messenger.send(Text("wecom", FIELDS["wecom"], "", "en")).reason == "bad-address"
