"""Every page: what it shows, and what is left of it when a service is away."""

import re
from pathlib import Path

import pytest

import services.research.domain
from chassis.rpc.client import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.words import WORDS
from tests import web_agreements_and_outcomes as more
from tests import web_consultations as meetings
from tests import web_samples as samples
from tests.unit.web.acts import BRING_REPLY, CALENDARS, PARTICIPANTS, PROPOSAL, REGISTER, WEBHOOKS
from tests.unit.web.browser import Browser
from tests.web_announcement_gateway import announced
from tests.web_app import Web
from tests.web_webhook_gateway import GONE, HIS

PAGES = {
    "/visits": "exchange",
    "/visits?state=booked": "exchange",
    **{f"/visits/{identity}": "exchange" for identity in samples.visits()},
    "/visits/propose": "exchange",
    PROPOSAL: "exchange",
    "/consultations": "exchange",
    "/consultations?state=booked": "exchange",
    "/consultations/tasks": "exchange",
    "/consultations/propose": "exchange",
    **{f"/consultations/{identity}": "exchange" for identity in meetings.consultations()},
    PARTICIPANTS: "exchange",
    "/agreements": "exchange",
    f"/agreements/{samples.AGREEMENT}": "exchange",
    f"/agreements/{samples.DRAFT}": "exchange",
    "/outcomes": "research",
    "/outcomes?stage=terms": "research",
    **{f"/outcomes/out_{name}": "research" for name in ("expected", "reported", "lastgate", "adopted")},
    "/inbox": "notify",
    "/account/messages": "notify",
    "/account/reached": "notify",
    "/account/deputy": "notify",
    "/deliveries": "notify",
    "/deliveries/why": "",
    "/deliveries/why?person=per_chen&about=vis_booked": "notify",
    "/channels": "notify",
    "/deliveries?state=bounced&channel=email": "notify",
    "/announcements": "notify",
    "/announcements/new": "",
    **{f"/announcements/{identity}": "notify" for identity in announced()},
    **dict.fromkeys((WEBHOOKS, REGISTER, f"{WEBHOOKS}/{HIS}", f"{WEBHOOKS}/{GONE}"), "notify"),
    f"{WEBHOOKS}/{HIS}?state=undelivered": "notify",
    BRING_REPLY: "",
    CALENDARS: "exchange",
}
"""Each page and the service without which it is nothing; nothing where it needs none."""
every_page = pytest.mark.parametrize("path", PAGES)
every_page_of_a_service = pytest.mark.parametrize("path", [path for path, service in PAGES.items() if service])


@every_page
@pytest.mark.parametrize("language", ["en", "zh", "ur"])
def test_a_page_opens_in_every_language(browser: Browser, path: str, language: str) -> None:
    browser.send(browser.form("/account", "/language"), language=language)
    page = browser.open(path)
    assert page.status_code == 200
    assert f'lang="{language}" dir="{"rtl" if language == "ur" else "ltr"}"' in page.text


@every_page
def test_a_stranger_is_led_to_sign_in_and_back(stranger: Browser, path: str) -> None:
    led = stranger.open(path)
    assert led.status_code == 303
    assert stranger.sign_in(at=led.location).location == path


@every_page_of_a_service
@pytest.mark.parametrize("failure", [ServiceUnavailable("x"), CallTimedOut("0" * 32)])
def test_without_its_main_service_a_page_says_which_part_is_away(
    browser: Browser, web: Web, path: str, failure: Exception
) -> None:
    web.gateway.failing[PAGES[path]] = failure
    page = browser.open(path)
    assert page.status_code == 503
    assert "cannot be reached just now" in page.text


@every_page
def test_the_rest_of_a_page_works_without_the_other_services(browser: Browser, web: Web, path: str) -> None:
    for service in {"exchange", "research", "notify"} - {PAGES[path]}:
        web.gateway.failing[service] = ServiceUnavailable(service)
    assert browser.open(path).status_code == 200


@every_page_of_a_service
def test_what_may_not_be_seen_is_refused_as_a_page(browser: Browser, web: Web, path: str) -> None:
    web.gateway.failing[PAGES[path]] = Refused("NotAllowed", {"action": "look_up", "needs": "any role"})
    page = browser.open(path)
    assert page.status_code == 403
    assert "You may not do this" in page.text


def test_an_error_of_a_service_is_told_by_its_number(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange"] = ServiceFailed("c0ffee")
    page = browser.open("/visits")
    assert page.status_code == 502
    assert "c0ffee" in page.text


def test_a_visit_shows_that_research_is_away_and_all_else(browser: Browser, web: Web) -> None:
    web.gateway.failing["research"] = ServiceUnavailable("research")
    page = browser.open(f"/visits/{samples.FULFILLED}")
    assert "Research outcomes cannot be reached just now" in page.text
    assert "a screening protocol is being written" in page.text


def test_an_outcome_names_who_brought_it_about_and_with_whom(browser: Browser) -> None:
    page = browser.open(f"/outcomes/{samples.ADOPTED}")
    told = " ".join(page.text.split())
    assert "Shahida Bano" in told
    assert "California Digital Library" in told
    assert "Contributors" not in browser.open(f"/outcomes/{samples.REPORTED}").text


def test_an_outcome_leads_to_the_visit_that_it_came_of(browser: Browser) -> None:
    page = browser.open(f"/outcomes/{samples.REPORTED}")
    assert f'<a href="/visits/{samples.FULFILLED}">' in page.text


def test_an_outcome_of_a_consultation_says_its_title_and_leads_nowhere(browser: Browser, web: Web) -> None:
    page = browser.open(f"/outcomes/{samples.LAST_GATE}")
    assert "<dt>Came of</dt><dd><bdi>Cyst, staged</bdi></dd>" in page.text
    assert "con_1" not in page.text
    assert "exchange.visit" not in {each.method for each in web.gateway.asked}


def test_a_record_that_nobody_has_claimed_says_nothing_of_what_it_came_of(browser: Browser, web: Web) -> None:
    nothing = {"state": "unclaimed", "origin": None, "field": "", "agreement": "", "condition": "", "stage": None}
    web.gateway.outcomes[samples.REPORTED] |= nothing
    page = browser.open(f"/outcomes/{samples.REPORTED}")
    assert page.status_code == 200
    assert "Came of" not in page.text
    assert "<dt>Due</dt>" not in page.text
    assert "Not claimed yet" in page.text
    assert "Not claimed yet" in browser.open("/outcomes").text


def test_an_outcome_names_everything_that_it_came_of_and_where_it_went(browser: Browser, web: Web) -> None:
    web.gateway.outcomes[samples.REPORTED] |= {
        "also_of": [more.of_visit(samples.ARRIVED) | {"title": "Second week"}],
        "merged_into": samples.ADOPTED,
    }
    page = browser.open(f"/outcomes/{samples.REPORTED}")
    assert "<dt>Came of these, too</dt><dd><bdi>Second week</bdi></dd>" in page.text
    assert f'<dd><a href="/outcomes/{samples.ADOPTED}">' in page.text


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("directions stated", "said which way things go between the hospitals"),
        ("ethics expiring", "reminded of a clearance that is about to expire"),
        ("ethics expired; material-transfer expired", "told that a clearance has expired"),
    ],
)
def test_a_history_says_in_words_what_was_done_and_in_whose_place(
    what: str, said: str, browser: Browser, web: Web
) -> None:
    line = samples.line("2026-07-21T10:00:00+00:00", "bano", what, 3) | {"for": "per_ali", "for_name": "Imran Ali"}
    web.gateway.outcomes[samples.REPORTED]["history"].append(line)
    told = " ".join(browser.open(f"/outcomes/{samples.REPORTED}").text.split())
    assert f'<span class="soft">(in the place of Imran Ali)</span> {said}</p>' in told


def test_a_history_tells_sites_by_name_as_far_as_they_are_known(browser: Browser, web: Web) -> None:
    why = "sit_gilgit, 6 months: As sit_elsewhere."
    line = samples.line("2026-07-21T10:00:00+00:00", "bano", "followed-up", 3, why)
    web.gateway.outcomes[samples.REPORTED]["history"].append(line)
    assert (
        "Provincial Hospital, Gilgit, 6 months: As sit_elsewhere." in browser.open(f"/outcomes/{samples.REPORTED}").text
    )
    web.gateway.failing["exchange"] = ServiceUnavailable("exchange")
    assert why in browser.open(f"/outcomes/{samples.REPORTED}").text


NOT_OF_OUTCOMES = ("agreement_tracks", "importing", "delegation.py", "requiring.py")
"""Whose histories no page shows yet."""


def test_all_that_is_ever_done_with_an_outcome_has_words() -> None:
    domain = Path(services.research.domain.__path__[0])
    files = [each for each in domain.rglob("*.py") if not any(other in str(each) for other in NOT_OF_OUTCOMES)]
    done = {found for file in files for found in re.findall(r'what="([a-z -]+)"', file.read_text())}
    assert {"merged", "clearance waived", "entered"} <= done
    assert [each for each in sorted(done) if each.replace(" ", "-") not in WORDS["did"]] == []


def test_an_outcome_says_that_exchange_is_away_and_what_it_came_of(browser: Browser, web: Web) -> None:
    web.gateway.failing["exchange"] = ServiceUnavailable("exchange")
    for outcome, title in ((samples.REPORTED, "Ultrasound staging"), (samples.LAST_GATE, "Cyst, staged")):
        page = browser.open(f"/outcomes/{outcome}")
        assert "cannot be reached just now" in page.text
        assert f"<dt>Came of</dt><dd><bdi>{title}</bdi></dd>" in page.text


def test_a_service_that_let_one_page_wait_is_not_asked_again_at_once(browser: Browser, web: Web) -> None:
    web.gateway.failing["notify"] = CallTimedOut("0" * 32)
    browser.open("/visits")
    asked = len([each for each in web.gateway.asked if each.method == "notify.inbox"])
    browser.open("/visits")
    assert len([each for each in web.gateway.asked if each.method == "notify.inbox"]) == asked


@pytest.mark.parametrize(
    "path", ["/visits/vis_none", "/outcomes/out_none", "/agreements/agr_none", "/consultations/con_none", "/nowhere"]
)
def test_what_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    assert browser.open(path).status_code == 404


def test_lists_that_are_empty_say_what_to_do(browser: Browser, web: Web) -> None:
    web.gateway.visits.clear()
    web.gateway.consultations.clear()
    web.gateway.agreements.clear()
    web.gateway.outcomes.clear()
    web.gateway.messages.clear()
    assert "No visits here" in browser.open("/visits").text
    assert "No agreement yet" in browser.open("/agreements").text
    assert "No agreement is in effect" in browser.open("/visits/propose").text
    assert "No consultations here" in browser.open("/consultations").text
    assert "No open tasks" in browser.open("/consultations/tasks").text
    assert "No agreement is in effect" in browser.open("/consultations/propose").text
    assert "No outcomes here" in browser.open("/outcomes").text
    assert "Nothing here" in browser.open("/inbox").text


def test_the_inbox_counts_what_is_unread_on_every_page(browser: Browser) -> None:
    assert '<b class="count">1<' in browser.open("/visits").text
    browser.send(browser.form("/inbox", "/inbox/ntf_2/read"))
    assert '<b class="count">' not in browser.open("/visits").text


def test_messages_stand_in_the_direction_of_their_own_language(browser: Browser, web: Web) -> None:
    web.gateway.language = "ur"
    page = browser.open("/inbox").text
    assert '<html lang="en" dir="ltr">' in page
    assert page.count('<bdi lang="ur" dir="rtl">') == 2 * len(web.gateway.messages)


def test_a_message_offers_the_page_that_it_leads_to(browser: Browser, web: Web) -> None:
    web.gateway.messages[0]["leads_to"] = "/agreements"
    web.gateway.messages[1]["leads_to"] = None
    page = browser.open("/inbox").text.split("<main", 1)[1]
    assert '<a class="button" href="/agreements">' in page
    assert page.count(">Open it</a>") == len(web.gateway.messages) - 1


def test_what_has_to_be_known_asks_for_it_by_its_moment_until_somebody_says_so(browser: Browser) -> None:
    assert "Say that you know of this by:" in browser.open("/inbox").text
    browser.send(browser.form("/inbox", "/inbox/ntf_3/acknowledge"))
    browser.open("/inbox")
    after = browser.open("/inbox").text
    assert "Say that you know of this by:" not in after
    assert "/inbox/ntf_3/acknowledge" not in after
    assert after.count("You said that you know of this.") == 1


def test_a_state_that_is_none_is_refused_by_the_service(browser: Browser) -> None:
    assert browser.open("/visits?state=nonsense").status_code == 422
    assert browser.open("/consultations?state=nonsense").status_code == 422
    assert browser.open("/outcomes?stage=nonsense").status_code == 422
    assert browser.open("/visits?after=%24ne").status_code == 422
