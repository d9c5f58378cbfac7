"""How the demo shows what happens, and what it found in the end."""

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from khunjerab.demo.act import Act
from khunjerab.demo.mailbox import Mail
from khunjerab.demo.memorandum import Memorandum
from khunjerab.stack.run_directory import RunDirectory

console = Console(highlight=False)


def tell_act(day: str, act: Act, memorandum: Memorandum, said: Sequence[str], events: Sequence[str]) -> None:
    """One line for who did what, one for each thing that was said of it, and one for each event that came of it."""
    who = memorandum.name(act.who) if act.who else "Time"
    line = f"[dim]{day}[/]  [bold]{who}[/] {act.what}" if act.who else f"[dim]{day}  {act.what}[/]"
    console.print(line, soft_wrap=True)
    for each in said:
        console.print(f"            {each}", markup=False, soft_wrap=True)
    for event_type in events:
        console.print(f"            [cyan]{event_type}[/]")


def tell_mails(mails: Sequence[Mail]) -> None:
    """The e-mails as the mail server received them."""
    console.print(f"{len(mails)} e-mails, as the local mail server received them:")
    for mail in mails:
        console.print(f"  {mail.address:32} {mail.subject}", markup=False, soft_wrap=True)


def tell_files(folder: Path) -> None:
    """What was printed, to be opened and looked at."""
    console.print("printed, to be looked at:")
    for file in sorted(folder.iterdir()):
        console.print(f"  {file}", markup=False, soft_wrap=True)


def tell_check(what: str, *, holds: bool, saw: object, wanted: object) -> None:
    """One expected effect: there, or what was there in its place."""
    console.print(f"[green]  yes[/]  {what}" if holds else f"[red]   NO[/]  {what}: wanted {wanted}, saw {saw}")


def tell_end(*, came: bool) -> None:
    """Whether every expected effect was there."""
    console.print(
        "[green]every expected effect came[/]" if came else "[red]something that was expected did not come[/]"
    )


def tell_way_in(page: str, email: str, password: str, directory: RunDirectory) -> None:
    """How to look around in a demo that was kept, on its pages and by calls, and how to end it."""
    place = f"KHUNJERAB_RUN_DIR={os.path.relpath(directory.root)}"
    for line in (
        f"the page: {page}",
        f"sign in as {email} with the password {password}; it is that of all to whom the e-mails above went",
        f"lead the commands to it with: export {place} KHUNJERAB_DEMO=1",
        f"end it with: {place} .venv/bin/khunjerab stack down",
    ):
        console.print(line, markup=False, soft_wrap=True)
