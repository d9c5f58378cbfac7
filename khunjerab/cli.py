"""`khunjerab`: every command, one file per group under `commands/`."""

import typer

from khunjerab.commands import account, bootstrap, call, clock, dead_letters, demo, doctor, events, passport_keys, stack

app = typer.Typer(
    name="khunjerab",
    help="Staff visits, consultations and research transfer between partner hospitals.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # they hold passwords
)
app.add_typer(stack.app, name="stack")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(events.app, name="events")
app.add_typer(clock.app, name="clock")
app.add_typer(account.app, name="account")
app.add_typer(passport_keys.app, name="passport-keys")
app.command("bootstrap")(bootstrap.run)
app.command("call")(call.run)
app.command("doctor")(doctor.run)
app.command("demo")(demo.run)

if __name__ == "__main__":
    app()
