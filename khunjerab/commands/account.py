"""`khunjerab account add`."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from chassis.kernel.actor import ROLES
from chassis.kernel.errors import Refusal
from chassis.store.connecting import database_at
from contracts.words import Language
from khunjerab.commands.acting import actor
from khunjerab.commands.speaking import give_up, plain_errors, results
from khunjerab.reach import reach
from services.web.accounts import AccountStore

app = typer.Typer(help="Who may sign in to the pages.", no_args_is_help=True)


@app.callback()
def accounts() -> None:
    """A group, though it has one command yet."""


@app.command()
def add(
    email: str,
    person: Annotated[str, typer.Option(help="their id in exchange, per_…")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    role: Annotated[list[str] | None, typer.Option(help=f"may be repeated: {', '.join(sorted(ROLES))}")] = None,
    site: Annotated[list[str] | None, typer.Option(help="site id; may be repeated")] = None,
    language: Annotated[Language, typer.Option(help="of the pages and e-mails")] = "en",
) -> None:
    """Let a person sign in; asks for the password when it is not given."""
    who = actor(person, role, site, option="--person")
    with plain_errors():
        accounts = AccountStore(database_at(_web_database()))
        try:
            made = accounts.add(email, password, person, who.roles, who.sites, language)
        except Refusal as no:
            raise give_up(f"{no.name}: {no.facts}") from no
    results.print(f"{made.email} may sign in ({made.id})")


def _web_database() -> str:
    """The operator's address, led to web's database: who may be let in is the operator's to say."""
    there = reach()
    return urlsplit(there.mongo_url)._replace(path=f"/{there.database('web')}").geturl()
