"""Draws docs/exchange/pictures/invitation.png: one invitation as mail programs of three people show it.

What the cards show is what ical.js reads in the files. From the root: `.venv/bin/python -m tools.draw_invitation`.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import sync_playwright

from services.exchange.adapters.printing import LOCALES
from services.exchange.domain.person import Person
from services.exchange.domain.visit import BOOKED
from tests.contract.other_parsers import read_by_ical_js
from tests.unit.exchange.given import NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    DEPUTY,
    KHAN,
    YUSUF,
    ZHANG,
    answer,
    consultation,
    directory,
    invitations,
    people,
    session,
)

PICTURES = Path("docs/exchange/pictures")
CHROMIUM = "/usr/bin/chromium"
READERS = {"en": YUSUF, "zh": ZHANG, "ur": BANO}
WORDS = ("invitation", "status", "when", "where", "organiser", "who", "accept", "maybe", "decline")
STATES = ("NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED", "DELEGATED")
LABELS = {
    "en": (
        *("Invitation", "Confirmed", "When", "Where", "Organiser", "Who", "Accept", "Tentative", "Decline"),
        *("no answer yet", "comes", "perhaps", "does not come", "sends a deputy"),
    ),
    "zh": (
        *("会议邀请", "已确认", "时间", "地点", "组织者", "参加者", "接受", "待定", "谢绝"),
        *("未答复", "参加", "待定", "不参加", "由他人代表"),
    ),
    "ur": (
        *("دعوت", "طے شدہ", "کب", "کہاں", "منتظم", "شرکا", "قبول", "شاید", "معذرت"),
        *("جواب باقی", "آئیں گے", "شاید", "نہیں آئیں گے", "نائب آئیں گے"),
    ),
}


def main() -> None:
    of = consultation(
        state=BOOKED,
        title="Echinococcosis board",
        sessions=(session(datetime(2026, 12, 1, 19, 15, tzinfo=UTC), link="https://meet.khunjerab.example/board"),),
        answers={ZHANG: answer(), BANO: answer(deputy=DEPUTY), KHAN: answer("declined")},
    )
    files = {language: invitations().request(of, _reader(language), directory(), NOW) for language in READERS}
    cards = [_card(language, read["events"][0]) for language, read in read_by_ical_js(files).items()]
    pages = Environment(loader=FileSystemLoader(PICTURES), undefined=StrictUndefined, autoescape=True)
    _draw(pages.get_template("invitation.html.j2").render(cards=cards), PICTURES / "invitation.png")


def _reader(language: str) -> Person:
    reader = people()[READERS[language]]
    return replace(reader, language=language)


def _card(language: str, event: dict[str, Any]) -> dict[str, Any]:
    begins = datetime.fromtimestamp(event["start"], ZoneInfo(_reader(language).zone))
    return {
        "language": language,
        "direction": "rtl" if language == "ur" else "ltr",
        "event": event,
        "when": f"{format_date(begins, 'full', locale=LOCALES[language])} {begins:%H:%M}",
        "label": dict(zip(WORDS + STATES, LABELS[language], strict=True)),
    }


def _draw(page: str, to: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1498, "height": 400})
        shown.set_content(page)
        shown.screenshot(path=to, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
