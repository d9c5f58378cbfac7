"""A calendar is read at its address without signing in, and as its owner is now."""

import logging

import pytest

from chassis.kernel.actor import Actor
from services.web.calendars.owners import Owners
from services.web.clients import CallTimedOut, Refused, ServiceUnavailable
from services.web.serving import WithoutSecrets
from tests.unit.web.browser import Browser
from tests.web_app import Web
from tests.web_calendar_gateway import SECRET, TAG

AT = f"/calendars/{SECRET}.ics"


def test_a_calendar_program_reads_it_and_may_keep_it(stranger: Browser, web: Web) -> None:
    answer = stranger.open(AT)
    assert (answer.status_code, answer.data) == (200, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    headers = answer.headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (headers["ETag"], headers["Last-Modified"]) == (TAG, "Mon, 23 Nov 2026 04:30:00 GMT")
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, max-age=300", "noindex")
    assert [asked.actor for asked in web.gateway.asked] == [Actor(None), of_the_coordinator(web)]


def test_whose_it_is_is_asked_once(stranger: Browser, web: Web) -> None:
    for _ in range(3):
        stranger.open(AT)
    assert asked_for(web) == ["exchange.calendar_owner", *["exchange.calendar_feed"] * 3]
    assert {asked.actor for asked in web.gateway.asked[1:]} == {of_the_coordinator(web)}


def test_whose_it_was_is_forgotten_once_it_is_refused(stranger: Browser, web: Web) -> None:
    stranger.open(AT)
    web.gateway.failing["exchange.calendar_feed"] = Refused("Unknown", {"kind": "calendar-address", "id": ""})
    assert stranger.open(AT).status_code == 404
    del web.gateway.failing["exchange.calendar_feed"]
    stranger.open(AT)
    assert asked_for(web).count("exchange.calendar_owner") == 2


def test_of_so_many_addresses_the_one_read_longest_ago_is_asked_about_again() -> None:
    owners = Owners(most=2)
    for secret in ("one", "two", "one", "three"):
        owners.of(secret, lambda: "per_first")
    owner = {secret: owners.of(secret, lambda: "per_later") for secret in ("one", "three", "two")}
    assert owner == {"one": "per_first", "three": "per_first", "two": "per_later"}


def asked_for(web: Web) -> list[str]:
    return [asked.method for asked in web.gateway.asked]


def of_the_coordinator(web: Web) -> Actor:
    account = web.accounts.by_person("per_zhang")
    assert account
    return account.actor


@pytest.mark.parametrize("known", [TAG, f'"another", {TAG}', f"W/{TAG}"])
def test_what_it_has_already_it_is_not_sent_again(stranger: Browser, known: str) -> None:
    answer = stranger.open(AT, **{"If-None-Match": known})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", TAG)
    assert answer.headers["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize("known", ['"another"', "*", "nonsense", ", ".join(f'"{each}"' for each in range(500))])
def test_what_it_does_not_have_it_is_sent_whole(stranger: Browser, known: str) -> None:
    assert stranger.open(AT, **{"If-None-Match": known}).status_code == 200


def test_a_moment_alone_says_nothing_of_what_it_has(stranger: Browser) -> None:
    assert stranger.open(AT, **{"If-Modified-Since": "Mon, 23 Nov 2026 04:30:00 GMT"}).status_code == 200


def test_its_head_alone_may_be_asked_for(web: Web) -> None:
    answer = web.app.test_client().head(AT)
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (200, b"", TAG)


@pytest.mark.parametrize("secret", ["nothing", "of-who-has-no-account", "x" * 3000, "%00", "..%2f"])
def test_where_there_is_none_all_is_told_alike(stranger: Browser, secret: str) -> None:
    answer = stranger.open(f"/calendars/{secret}.ics")
    assert answer.status_code == 404
    if "%2f" not in secret:
        assert answer.text == "There is no calendar at this address.\n"


def test_what_the_exchange_refuses_is_not_there(stranger: Browser, web: Web) -> None:
    web.gateway.failing["exchange.calendar_feed"] = Refused("Unknown", {"kind": "calendar-address", "id": ""})
    assert stranger.open(AT).text == stranger.open("/calendars/nothing.ics").text


@pytest.mark.parametrize("failure", [CallTimedOut("exchange"), ServiceUnavailable("exchange")])
def test_while_the_exchange_is_away_a_program_is_asked_to_come_again(
    stranger: Browser, web: Web, failure: Exception
) -> None:
    web.gateway.failing["exchange.calendar_feed"] = failure
    answer = stranger.open(AT)
    assert (answer.status_code, answer.headers["Retry-After"], answer.mimetype) == (503, "60", "text/plain")


def test_who_guesses_is_soon_stopped(stranger: Browser) -> None:
    answers = [stranger.open(f"/calendars/guess-{number}.ics").status_code for number in range(121)]
    assert (set(answers[:120]), answers[120]) == ({404}, 429)


@pytest.mark.parametrize("line", [f"Error handling request {AT}", f"GET {AT}", f"a {AT}?b=1 c /calendars/another.ics"])
def test_no_log_line_of_the_server_has_the_secret(line: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, "%s", (line,), None)
    assert WithoutSecrets().filter(record)
    assert SECRET not in record.getMessage()
    assert "another" not in record.getMessage()
    assert "/calendars/" in record.getMessage()
