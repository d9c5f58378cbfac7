"""An announcement reaches everybody whom it was for when it was made, once each, as it was typed and no further."""

import re
from dataclasses import replace
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Unknown
from chassis.kernel.ids import derived
from services.notify.application import commands, queries
from services.notify.domain import announcement
from services.notify.domain import announcing_permissions as permissions
from services.notify.domain.channels import EMAIL
from services.notify.domain.hours import Hours
from services.notify.domain.preferences import DAILY, prefer, preferences_id, usual
from services.notify.domain.refusals import AudienceTooLarge, NobodyReached, WithdrawnAlready
from tests.unit.notify.announcing import ADMIN, CAST, GILGIT, KASHGAR, MANAGER, NOW, SAID, WEB_URL, Desk
from tests.who_may import Matrix, cells, must_be_allowed_there_alone

BOTH = (GILGIT, KASHGAR)
MATRIX: Matrix = {
    "announce to people of the sending site": (
        lambda actor: permissions.may_announce(actor, (GILGIT,)),
        {PROGRAMME_MANAGER},
        {"sending"},
    ),
    "announce to people of two sites": (lambda actor: permissions.may_announce(actor, BOTH), set(), set()),
    "announce to everybody": (lambda actor: permissions.may_announce(actor, ()), set(), set()),
    "announce at any hour": (lambda actor: permissions.may_announce(actor, (GILGIT,), urgent=True), set(), set()),
}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(("command", "role", "place"), [each for each in cells(MATRIX) if each[1] != ADMINISTRATOR])
def test_managers_announce_to_their_own_sites_and_nothing_urgent(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)


@pytest.mark.parametrize("command", MATRIX)
def test_administrators_announce_anything_to_anybody(command: str) -> None:
    MATRIX[command][0](ADMIN)


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        ({"everybody": True}, ["per_ali", "per_bano", "per_guo", "per_manager"]),
        ({"sites": [GILGIT]}, ["per_ali", "per_bano", "per_manager"]),
        ({"sites": [GILGIT, KASHGAR]}, ["per_ali", "per_bano", "per_guo", "per_manager"]),
        ({"fields": ["LIVER echinococcosis"]}, ["per_ali", "per_guo"]),
        ({"sites": [KASHGAR], "fields": ["liver echinococcosis", "telemedicine"]}, ["per_guo"]),
    ],
)
def test_it_reaches_those_it_is_for_and_never_who_announces_it(
    desk: Desk, audience: dict[str, Any], reached: list[str]
) -> None:
    made = desk.announce(**audience)
    desk.tell(made.id)
    assert desk.told() == reached
    assert desk.preview(**audience)["people"] == len(reached)


def test_a_manager_reaches_their_own_site(desk: Desk) -> None:
    desk.tell(desk.announce(MANAGER, sites=[GILGIT]).id)
    assert desk.told() == ["per_ali", "per_bano"]
    with pytest.raises(NotAllowed):
        desk.preview(MANAGER, sites=[KASHGAR])


def test_to_whom_is_settled_when_it_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement, "TOGETHER", 1)
    made = desk.announce(sites=[GILGIT])
    desk.tell(made.id)
    desk.people.known["per_bano"] = replace(desk.people.known["per_bano"], sites=(KASHGAR,))
    del desk.people.known["per_manager"]
    desk.people.known["per_new"] = replace(desk.people.known["per_ali"], id="per_new")
    desk.tell(made.id)
    desk.tell(made.id)
    assert desk.told() == ["per_ali", "per_bano", "per_manager"]
    assert desk.announcements.load(made.id).state.state == "told"


def test_a_death_between_telling_and_noting_tells_nobody_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement, "TOGETHER", 2)
    made = desk.announce()
    with monkeypatch.context() as dying:
        dying.setattr(desk.announcements, "save", _dies)
        with pytest.raises(ConnectionError):
            desk.tell(made.id)
    assert len(desk.told()) == 2
    assert desk.announcements.load(made.id).state.told == 0
    for _ in range(3):
        desk.tell(made.id)
    assert desk.told() == ["per_ali", "per_bano", "per_guo", "per_manager"]


def _dies(*_: Any) -> None:
    raise ConnectionError


def test_the_same_command_again_announces_nothing_new(desk: Desk) -> None:
    assert desk.announce(command_id=derived("once")) == desk.announce(command_id=derived("once"))
    assert len(desk.announcements.kept) == 1


def test_everybody_reads_it_in_their_language_and_else_in_english(desk: Desk) -> None:
    title, text = SAID["title"] | {"zh": "山口关闭"}, SAID["text"] | {"zh": "周一前停运班车。"}
    desk.tell(desk.announce(title=title, text=text).id)
    desk.send()
    letters = {mail.to.id: mail.letter for mail in desk.postman.taken}
    assert letters["per_guo"].subject == "山口关闭"
    assert "周一前停运班车。" in letters["per_guo"].html
    assert "The pass is closed" in letters["per_bano"].subject
    assert '<p dir="auto">No buses before Monday.</p>' in re.sub(r' style="[^"]*"', "", letters["per_bano"].html)
    assert 'dir="rtl"' in letters["per_bano"].html


HOSTILE = "{{ 7*7 }} {% raw %} <script>alert(1)</script> %(name)s\u202egnp.exe\n\nhttp://evil.example https://ok.example/a?b=1&c='x'."


def test_what_was_typed_is_shown_and_never_executed(desk: Desk) -> None:
    desk.tell(desk.announce(title={"en": "<b>{{ 7*7 }}</b>\u2028Bcc: x"}, text={"en": HOSTILE}).id)
    desk.send()
    letter = desk.postman.taken[0].letter
    assert letter.subject == "<b>{{ 7*7 }}</b> Bcc: x"
    assert "{{ 7*7 }} {% raw %} <script>alert(1)</script> %(name)sgnp.exe" in letter.text
    assert "<script" not in letter.html
    assert "<b>" not in letter.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in letter.html
    assert "49" not in letter.html.partition("</style>")[2].partition("gnp.exe")[0].rpartition("{{ 7*7 }}")[2]


def test_addresses_lead_somewhere_only_where_they_are_encrypted(desk: Desk) -> None:
    desk.tell(desk.announce(text={"en": HOSTILE}).id)
    desk.send()
    html = desk.postman.taken[0].letter.html
    leads = set(re.findall(r'href="([^"]*)"', html))
    assert leads == {"https://ok.example/a?b=1&amp;c=", f"{WEB_URL}/inbox"}
    assert "http://evil.example" in html


def test_it_leads_to_the_page_that_was_given(desk: Desk) -> None:
    desk.tell(desk.announce(link="/visits/vis_1?tab=files").id)
    desk.send()
    assert f"{WEB_URL}/visits/vis_1?tab=files" in desk.postman.taken[0].letter.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"link": "https://evil.example"},
        {"link": "//evil.example"},
        {"link": "/\\evil.example"},
        {"link": "javascript:alert(1)"},
        {"link": "/visits\nBcc: x"},
        {"title": {"zh": "山口关闭"}},
        {"title": {"en": "x" * 201}},
        {"title": {"en": " "}},
        {"text": {"en": "x" * 4001}},
        {"text": {"en": "x", "de": "x"}},
        {"everybody": False},
        {"everybody": True, "sites": [GILGIT]},
        {"sites": ["Gilgit"]},
        {"everybody": False, "fields": []},
    ],
    ids=str,
)
def test_what_is_out_of_bounds_is_not_announced(desk: Desk, wrong: dict[str, Any]) -> None:
    for model in (commands.Announce, queries.AskAnnouncementPreview):
        with pytest.raises(InvalidCommand):
            parsed(model, SAID | {"everybody": True} | wrong)
    assert not desk.announcements.kept


def test_what_nobody_would_hear_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NobodyReached) as refused:
        desk.announce(fields=["surgery"])
    assert refused.value.facts == {"sites": [], "fields": ["surgery"]}
    monkeypatch.setattr(announcement, "MOST_PEOPLE", 3)
    with pytest.raises(AudienceTooLarge) as refused_too:
        desk.announce()
    assert refused_too.value.facts == {"people": 4, "most": 3}


def test_a_withdrawal_ends_what_is_not_sent_and_marks_what_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement, "TOGETHER", 2)
    made = desk.announce()
    desk.tell(made.id)
    desk.send()
    desk.tell(made.id)
    assert desk.withdraw(made.id).state == "withdrawn"
    desk.tell(made.id)
    desk.send()
    assert {each.recipient: (each.state, each.delivery_by(EMAIL).reason) for each in desk.queued()} == {
        "per_ali": ("sent", ""),
        "per_bano": ("sent", ""),
        "per_guo": ("not_sent", "withdrawn"),
        "per_manager": ("not_sent", "withdrawn"),
    }
    assert desk.inbox("per_ali")[0]["subject"] == "Withdrawn: The pass is closed"
    assert desk.inbox("per_ali")[0]["text"] == "This announcement was withdrawn."
    assert len(desk.postman.taken) == 2


def test_a_withdrawal_stops_those_whose_turn_has_not_come(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement, "TOGETHER", 1)
    made = desk.announce()
    desk.tell(made.id)
    desk.withdraw(made.id)
    desk.tell(made.id)
    assert desk.told() == ["per_ali"]
    with pytest.raises(WithdrawnAlready):
        desk.withdraw(made.id)


def test_a_withdrawal_repeated_answers_as_the_first_did(desk: Desk) -> None:
    made, again = desk.announce(), derived("again")
    assert desk.withdraw(made.id, command_id=again) == desk.withdraw(made.id, command_id=again)


def test_a_manager_withdraws_what_is_for_their_own_sites_alone(desk: Desk) -> None:
    theirs, others = desk.announce(sites=[GILGIT]), desk.announce(sites=[GILGIT, KASHGAR])
    with pytest.raises(NotAllowed):
        desk.withdraw(others.id, MANAGER)
    assert desk.withdraw(theirs.id, MANAGER).state == "withdrawn"


def test_an_urgent_one_comes_at_night_and_another_in_the_morning_or_the_digest(desk: Desk) -> None:
    _prefer(desk, "per_ali", hours=Hours())
    _prefer(desk, "per_bano", wanted={"announcements": {EMAIL: DAILY}})
    _prefer(desk, "per_guo", wanted={"announcements": {EMAIL: "never"}})
    desk.clock.moment = NOW.replace(hour=20)
    desk.tell(desk.announce().id)
    desk.send()
    assert [mail.to.id for mail in desk.postman.taken] == ["per_manager"]
    desk.postman.taken.clear()
    desk.tell(desk.announce(urgent=True).id)
    desk.send()
    assert sorted(mail.to.id for mail in desk.postman.taken) == ["per_ali", "per_bano", "per_manager"]


def _prefer(desk: Desk, person: str, **said: Any) -> None:
    decision = prefer(usual(person), **said)
    desk.preferences.add(preferences_id(person), decision, desk.context(SYSTEM))


def test_a_preview_says_how_many_it_reaches_and_shows_it_in_each_language(desk: Desk) -> None:
    shown = desk.preview(everybody=True)
    assert (shown["people"], shown["languages"]) == (4, {"en": 2, "zh": 1, "ur": 1})
    assert shown["letters"].keys() == {"en", "zh", "ur"}
    assert 'dir="rtl"' in shown["letters"]["ur"]["html"]
    assert not desk.queued()
    assert not desk.announcements.kept


def test_how_far_it_has_come_is_told_to_those_who_look_after_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement, "TOGETHER", 3)
    made = desk.announce()
    desk.tell(made.id)
    desk.send()
    asked = parsed(queries.AskAnnouncement, {"announcement_id": made.id})
    shown = queries.announcement(asked, ADMIN, desk.announcements, desk.notifications)
    assert (shown["state"], shown["people"], shown["told"]) == ("going-out", 4, 3)
    assert (shown["deliveries"], shown["read"]) == ({"sent": 3}, 0)
    with pytest.raises(Unknown):
        queries.announcement(asked, MANAGER, desk.announcements, desk.notifications)
    with pytest.raises(NotAllowed):
        queries.announcement(asked, Actor("per_ali"), desk.announcements, desk.notifications)


def test_managers_see_what_is_for_their_sites_the_newest_first(desk: Desk) -> None:
    all_of_them = [desk.announce(), desk.announce(sites=[GILGIT]), desk.announce(sites=[KASHGAR, GILGIT])]
    seen = queries.announcements(queries.AskAnnouncements(), MANAGER, desk.announcements)["items"]
    assert [each["id"] for each in seen] == [all_of_them[2].id, all_of_them[1].id]
    for who in (ADMIN, SYSTEM):
        assert len(queries.announcements(queries.AskAnnouncements(), who, desk.announcements)["items"]) == 3
    with pytest.raises(NotAllowed):
        queries.announcements(queries.AskAnnouncements(), Actor("per_ali"), desk.announcements)


def test_an_announcement_that_is_gone_is_shown_as_withdrawn(desk: Desk) -> None:
    made = desk.announce()
    desk.tell(made.id)
    del desk.announcements.kept[made.id]
    assert desk.inbox("per_ali")[0]["text"] == "This announcement was withdrawn."
    desk.send()
    assert not desk.postman.taken


def test_its_people_are_named_once_each() -> None:
    assert len({each.id for each in CAST}) == len(CAST)
