"""`khunjerab demo`."""

from typing import Annotated

import typer

from khunjerab.commands.speaking import give_up, plain_errors
from khunjerab.demo.pages import PageRefused
from khunjerab.demo.playing import play


def run(
    keep: Annotated[bool, typer.Option("--keep", help="leave it running, and say how to sign in")] = False,
) -> None:
    """Play a consultation, a visit and what came of it through the real pages, tell it, and check every effect."""
    with plain_errors():
        try:
            came = play(keep=keep)
        except PageRefused as refused:
            raise give_up(str(refused)) from refused
    if not came:
        raise typer.Exit(1)
