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
        return
    from services.exchange.adapters.letters import PdfLetters
    from services.exchange.adapters.seals import FernetSeals
    from services.exchange.bootstrap import Exchange
    from services.exchange.settings import ExchangeSettings

    process = prepared(MANIFEST, role, ExchangeSettings)
    seals = FernetSeals(process.settings.passport_keys)
    exchange = Exchange(process.database, process.clock, seals, PdfLetters(process.settings.web_url))
    if role == SERVE:
        from services.exchange.entrypoints.rpc import ExchangeService

        process.serve(ExchangeService, exchange)
    elif role == TRY:
        process.try_events(exchange.handlers())
    else:
        process.work(exchange.handlers(), exchange.timers)


if __name__ == "__main__":
    main()
