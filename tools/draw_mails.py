"""Draws every mail in every language, on a screen and on a phone, by day and by night, to be looked at by people.

From the root: `.venv/bin/python -m tools.draw_mails FOLDER [PURPOSE …]`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from services.notify.adapters.languages import languages
from services.notify.adapters.samples import SampleLibrary
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.ports import Message

CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"screen": 720, "phone": 360}


def main() -> None:
    folder, *wanted = sys.argv[1:]
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        for name, html in _mails(wanted):
            _draw(page, html, into / name)
        browser.close()


def _mails(wanted: list[str]) -> Iterator[tuple[str, str]]:
    samples, writer = SampleLibrary(), TemplateWriter("https://khunjerab.example")
    for purpose in wanted or samples.purposes():
        for because, notification in samples.of(purpose).items():
            for language in languages():
                reader, people = samples.read_by(notification, language)
                yield f"{purpose}.{because}.{language}", writer.letter(Message(notification, reader, people)).html


def _draw(page: Page, html: str, picture: Path) -> None:
    for surface, width in WIDTHS.items():
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 400})
            page.set_content(html)
            page.screenshot(path=f"{picture}.{surface}.{scheme}.png", full_page=True)


if __name__ == "__main__":
    main()
