"""`python -m services.exchange serve`, `relay` or `worker`: one program, three processes, and the worker's child."""

from chassis.roles import RELAY, SERVE, TRY, asked_role


def main() -> None:
    """Runs the process that the command line names, until it is told to stop."""
    role = asked_role()
    # Not before: for `serve`, eventlet has to patch what all of this is made of.
    from chassis.processes import prepared
    from chassis.settings import ServiceSettings
    from services.exchange.manifest import MANIFEST

    if role == RELAY:
        prepared(MANIFEST, role, ServiceSettings).relay()
    else:
        _run(role)


def _run(role: str) -> None:
    """The processes that decide."""
    from chassis.processes import prepared
    from chassis.seals import FernetSeals
    from services.exchange.adapters.letters import PdfLetters
    from services.exchange.bootstrap import Exchange
    from services.exchange.bootstrap.calendar_office import CalendarOffice
    from services.exchange.manifest import MANIFEST
    from services.exchange.settings import ExchangeSettings

    process = prepared(MANIFEST, role, ExchangeSettings)
    asked = process.settings
    office = CalendarOffice(asked.web_url, asked.reply_address)
    printer, seals = PdfLetters(asked.web_url), FernetSeals(asked.passport_keys)
    exchange = Exchange(process.database, process.clock, seals, printer, office)
    if role == SERVE:
        from services.exchange.entrypoints.rpc import ExchangeService

        process.serve(ExchangeService, exchange)
    elif role == TRY:
        process.try_events(exchange.handlers())
    else:
        from services.exchange.bootstrap.collecting import collecting

        process.work(exchange.handlers(), exchange.timers, collecting(exchange, asked.mailbox))


if __name__ == "__main__":
    main()
