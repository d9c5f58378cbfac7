"""`khunjerab demo`."""

from typing import Annotated

import typer

from khunjerab.commands.speaking import plain_errors
from khunjerab.demo.playing import play


def run(
    keep: Annotated[bool, typer.Option("--keep", help="leave it running, and say how to sign in")] = False,
) -> None:
    """Play a visit's whole life through the real pages, show it, and check every effect."""
    with plain_errors():
        if not play(keep=keep):
            raise typer.Exit(1)
