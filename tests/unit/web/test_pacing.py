"""The page at which one says, from a mail, how soon one wants others of its kind."""

import logging

import pytest

from services.web.serving import WithoutSecrets
from tests.unit.web.browser import Browser
from tests.web_app import Web
from tests.web_reply_gateway import PACED

AT = f"/pace/{PACED}"


def set_by(web: Web) -> list[str]:
    """What was set, in order."""
    return [each.fields["pace"] for each in web.gateway.asked if each.method == "notify.set_pace_by_link"]


@pytest.mark.parametrize("how", ["get", "head", "options"])
def test_whoever_merely_opens_it_changes_nothing(web: Web, how: str) -> None:
    assert getattr(web.app.test_client(), how)(AT).status_code == 200
    assert set_by(web) == []


def test_it_speaks_the_language_of_whose_it_is_and_shows_what_holds(stranger: Browser, web: Web) -> None:
    page = stranger.open(AT)
    assert 'lang="ur"' in page.text
    english = stranger.open(f"{AT}?language=en").text
    assert "This is about mails on visits." in english
    assert english.index('value="at-once" aria-current="true"') < english.index('value="daily"')
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]


@pytest.mark.parametrize("pace", ["at-once", "daily", "weekly", "never"])
def test_a_press_sets_it_without_signing_in(web: Web, pace: str) -> None:
    client = web.app.test_client()
    done = client.post(f"{AT}?language=en", data={"pace": pace})
    assert done.status_code == 303
    assert "This is how it is from now on." in client.get(done.headers["Location"]).text
    assert set_by(web) == [pace]


def test_a_mail_program_stops_them_with_one_press(web: Web) -> None:
    done = web.app.test_client().post(AT, data={"List-Unsubscribe": "One-Click"})
    assert (done.status_code, done.text) == (204, "")
    assert set_by(web) == ["never"]


@pytest.mark.parametrize("said", [{}, {"pace": "hourly"}, {"List-Unsubscribe": "Two-Clicks"}])
def test_what_says_nothing_that_can_be_set_changes_nothing(web: Web, said: dict[str, str]) -> None:
    assert web.app.test_client().post(AT, data=said).status_code == 400
    assert set_by(web) == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_leads_nowhere_says_so(web: Web, method: str) -> None:
    answer = getattr(web.app.test_client(), method)("/pace/made-up", data={"pace": "never"})
    assert answer.status_code == 404
    assert "leads nowhere" in answer.text


def test_the_log_names_no_token() -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "Error handling request %s", (AT,), None)
    WithoutSecrets().filter(record)
    assert PACED not in record.getMessage()
