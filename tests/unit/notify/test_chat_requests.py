"""What Apprise's published plugins send: every request whole, and to no other host."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from services.notify.adapters.chat import Accounts, AppriseMessenger
from services.notify.adapters.chat.plugins import PLUGINS
from services.notify.application.chat import Text
from services.notify.domain.channels import RINGING
from services.notify.domain.delivery import NEVER, TAKEN, Answer
from tests.fakes.chat import ACCOUNTS, FIELDS, FakeHttp, Request, json_answer

BODY = "Visit booked: Ayesha Karim\nFrom 2 to 30 March, in 喀什.\nhttps://khunjerab.example/visits/vis_1"
TAKEN_BY = {"whatsapp": '{"messages": [{"id": "wamid.1"}]}', "sms": '{"sid": "SM1", "error_code": null}'}
OK = '{"errcode": 0, "code": 0}'


def sent(channel: str, body: str = BODY, language: str = "en", accounts: Accounts = ACCOUNTS) -> tuple[Answer, Request]:
    http = FakeHttp(json_answer(TAKEN_BY.get(channel, OK)))
    answer = AppriseMessenger(http, accounts).send(Text(channel, FIELDS[channel], body, language))  # type: ignore[arg-type]
    (request,) = http.made
    return answer, request


def headers(request: Request, *names: str) -> list[str]:
    return [request.headers[name] for name in names]


def test_every_channel_that_rings_has_a_plugin() -> None:
    assert PLUGINS.keys() == RINGING


@pytest.mark.parametrize("channel", sorted(RINGING))
def test_a_text_is_taken_by_each_channel_in_one_request(channel: str) -> None:
    answer, request = sent(channel)
    assert (answer, request.method) == (Answer(TAKEN), "POST")


def test_wecom_is_sent_plain_text() -> None:
    _, request = sent("wecom")
    assert request.address == f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={FIELDS['wecom']['key']}"
    assert headers(request, "Content-Type", "User-Agent") == ["application/json; charset=utf-8", "Khunjerab"]
    assert orjson.loads(request.body) == {"msgtype": "text", "text": {"content": BODY}}


def test_dingtalk_is_sent_plain_text_that_calls_nobody() -> None:
    _, request = sent("dingtalk")
    place, asked = urlsplit(request.address), parse_qs(urlsplit(request.address).query)
    assert (place.netloc, place.path) == ("oapi.dingtalk.com", "/robot/send")
    assert asked["access_token"] == [FIELDS["dingtalk"]["token"]]
    assert headers(request, "Content-Type", "User-Agent") == ["application/json", "Khunjerab"]
    assert orjson.loads(request.body) == {
        "msgtype": "text",
        "at": {"atMobiles": [], "isAtAll": False},
        "text": {"content": BODY},
    }


def test_dingtalks_signature_is_written_once_as_addresses_are() -> None:
    """`parse_qs` undoes it once, as DingTalk does: what it then compares is base64 alone."""
    _, request = sent("dingtalk")
    asked, secret = parse_qs(urlsplit(request.address).query), FIELDS["dingtalk"]["secret"]
    text = f"{asked['timestamp'][0]}\n{secret}".encode()
    right = base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()
    assert asked["sign"] == [right]


def test_dingtalk_without_a_secret_is_not_signed() -> None:
    http = FakeHttp()
    text = Text("dingtalk", {"token": FIELDS["dingtalk"]["token"]}, BODY, "en")
    AppriseMessenger(http, ACCOUNTS).send(text)  # type: ignore[arg-type]
    assert parse_qs(urlsplit(http.made[0].address).query).keys() == {"access_token"}


def test_feishu_is_sent_plain_text() -> None:
    _, request = sent("feishu")
    assert request.address == f"https://open.feishu.cn/open-apis/bot/v2/hook/{FIELDS['feishu']['token']}/"
    assert headers(request, "Content-Type", "User-Agent") == ["application/json", "Khunjerab"]
    assert orjson.loads(request.body) == {"msg_type": "text", "content": {"text": BODY}}


@pytest.mark.parametrize(("language", "named"), [("en", "en"), ("zh", "zh_CN"), ("ur", "ur")])
def test_whatsapp_is_sent_the_template_in_the_readers_language(language: str, named: str) -> None:
    _, request = sent("whatsapp", language=language)
    assert request.address == "https://graph.facebook.com/v21.0/106540352242922/messages"
    assert headers(request, "Content-Type", "Authorization") == ["application/json", "Bearer EAAJB0wLbZC1"]
    assert orjson.loads(request.body) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+923451234567",
        "type": "template",
        "template": {
            "name": "khunjerab_message",
            "language": {"code": named},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": BODY.replace("\n", " ")}]}],
        },
    }


def test_an_sms_goes_through_the_operators_account() -> None:
    _, request = sent("sms")
    account = "AC00112233445566778899aabbccddeeff"
    assert request.address == f"https://api.twilio.com/2010-04-01/Accounts/{account}/Messages.json"
    login = base64.b64encode(f"{account}:0a1b2c3d4e5f60718293a4b5c6d7e8f9".encode()).decode()
    assert headers(request, "Authorization") == [f"Basic {login}"]
    assert headers(request, "Content-Type") == ["application/x-www-form-urlencoded"]
    assert parse_qs(request.body.decode()) == {"Body": [BODY], "From": ["+15005550006"], "To": ["+8613912345678"]}


@pytest.mark.parametrize("channel", ["wecom", "feishu"])
def test_a_name_that_somebody_typed_calls_no_group(channel: str) -> None:
    _, request = sent(channel, body='Visit of <at user_id="all">everybody</at> and <@all>')
    assert b"<" not in request.body


@pytest.mark.parametrize("channel", sorted(RINGING))
def test_markup_stays_what_somebody_typed(channel: str) -> None:
    """No plugin is asked for markdown, in which a name could be a link to elsewhere."""
    _, request = sent(channel, body="**Urgent** [sign in](https://elsewhere.example) &amp; 5%")
    assert b"markdown" not in request.body


class Wandering:
    """A plugin that speaks to another host than its own, as a release to come might."""

    def __init__(self, place: object, url: str) -> None:
        self._place, self._url = place, url

    def notify(self, **_: object) -> bool:
        try:
            self._place.post(self._url)  # type: ignore[attr-defined]
        except self._place.RequestException:  # type: ignore[attr-defined]
            return False
        return True


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/cgi-bin/webhook/send?key=1",
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com:8443/",
        "https://qyapi.weixin.qq.com@elsewhere.example/",
        "https://qyapi.weixin.qq.com.elsewhere.example/",
        "https://elsewhere.example/?https://qyapi.weixin.qq.com/",
        "file:///etc/passwd",
    ],
)
def test_a_plugin_that_tries_another_place_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    http = FakeHttp()
    messenger = AppriseMessenger(http, ACCOUNTS)  # type: ignore[arg-type]
    way = messenger._ways["wecom"]
    monkeypatch.setattr(way, "_made", lambda _: Wandering(way._place, url))
    answer = messenger.send(Text("wecom", FIELDS["wecom"], BODY, "en"))
    assert (answer.verdict, answer.reason, http.made) == (NEVER, "another-place", [])


def test_within_a_plugin_there_is_no_more_of_requests_than_posting() -> None:
    messenger = AppriseMessenger(FakeHttp(), ACCOUNTS)  # type: ignore[arg-type]
    place = messenger._ways["wecom"]._place
    assert not any(hasattr(place, name) for name in ("get", "request", "put", "Session", "session", "head"))


def test_each_plugin_is_a_copy_of_which_nobody_else_knows() -> None:
    import apprise.plugins.wecombot as published
    import requests

    messenger = AppriseMessenger(FakeHttp(), ACCOUNTS)  # type: ignore[arg-type]
    messenger.send(Text("wecom", FIELDS["wecom"], BODY, "en"))
    assert vars(published)["requests"] is requests


@pytest.mark.parametrize("channel", sorted(RINGING))
def test_what_the_operator_does_not_offer_any_more_is_left_to_the_next_channel(channel: str) -> None:
    http = FakeHttp()
    answer = AppriseMessenger(http, Accounts()).send(Text(channel, FIELDS[channel], BODY, "en"))  # type: ignore[arg-type]
    assert (answer.verdict, answer.reason, http.made) == (NEVER, "not-offered", [])


@pytest.mark.parametrize("fields", [{"key": "no key at all"}, {"key": "../../send?x=1"}])
def test_fields_that_no_plugin_takes_are_no_address(fields: dict[str, str]) -> None:
    http = FakeHttp()
    answer = AppriseMessenger(http, ACCOUNTS).send(Text("wecom", fields, BODY, "en"))  # type: ignore[arg-type]
    assert (answer.verdict, answer.reason, http.made) == (NEVER, "bad-address", [])


@pytest.mark.parametrize("channel", sorted(RINGING))
def test_no_token_no_number_and_no_text_stands_in_a_log(
    channel: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    refused: Callable[[], FakeHttp] = lambda: FakeHttp(json_answer('{"message": "no"}', 400))  # noqa: E731
    with caplog.at_level(logging.DEBUG):
        sent(channel)
        AppriseMessenger(refused(), ACCOUNTS).send(Text(channel, FIELDS[channel], BODY, "en"))  # type: ignore[arg-type]
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_texts_one_after_the_other_are_not_slowed_down_by_apprise(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits 5.5 s between two requests of one object."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    messenger = AppriseMessenger(FakeHttp(), ACCOUNTS)  # type: ignore[arg-type]
    for _ in range(3):
        messenger.send(Text("wecom", FIELDS["wecom"], BODY, "en"))
    assert slept == []
