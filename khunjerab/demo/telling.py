"""How the demo shows what happens, and what it found in the end."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from khunjerab.demo.act import Act
from khunjerab.demo.mailbox import Mail
from khunjerab.demo.memorandum import Memorandum

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
