"""How the demo shows what happens, and what it found in the end."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from khunjerab.demo.mailbox import Mail
from khunjerab.demo.memorandum import Memorandum
from khunjerab.demo.story import Act

console = Console(highlight=False)


def tell_act(day: str, act: Act, memorandum: Memorandum, events: Sequence[str]) -> None:
    """One line for who did what, and one for each event that came of it."""
    who = memorandum.name(act.who) if act.who else "Time"
    console.print(f"[dim]{day}[/]  [bold]{who}[/] {act.what}" if act.who else f"[dim]{day}  {act.what}[/]")
    for event_type in events:
        console.print(f"            [cyan]{event_type}[/]")


def tell_mails(mails: Sequence[Mail]) -> None:
    """The e-mails as the mail server received them."""
    table = Table("to", "subject", "parts", title="E-mails received by the local mail server", title_justify="left")
    for mail in mails:
        table.add_row(mail.recipient, mail.subject, ", ".join(sorted(mail.parts)))
    console.print(table)


def tell_check(what: str, *, holds: bool, saw: object, wanted: object) -> None:
    """One expected effect: there, or what was there in its place."""
    console.print(f"[green]  yes[/]  {what}" if holds else f"[red]   NO[/]  {what}: wanted {wanted}, saw {saw}")
