"""`python -m services.notify serve`, `relay` or `worker`: one program, three processes, and the worker's child."""

from chassis.roles import RELAY, TRY, WORKER, asked_role


def main() -> None:
    """Runs the process that the command line names, until it is told to stop."""
    role = asked_role()
    # Not before: for `serve`, eventlet has to patch what all of this is made of.
    from chassis.processes import prepared
    from chassis.settings import ServiceSettings
    from services.notify.manifest import MANIFEST

    if role == RELAY:
        prepared(MANIFEST, role, ServiceSettings).relay()
    elif role == WORKER:
        work()
    else:
        _answer(role)


def _answer(role: str) -> None:
    """The processes that tell and are asked."""
    from chassis.processes import prepared
    from services.notify.bootstrap import notify_on
    from services.notify.manifest import MANIFEST
    from services.notify.webhook_settings import AskedSettings

    process = prepared(MANIFEST, role, AskedSettings)
    notify = notify_on(process.database, process.clock, process.settings)
    if role == TRY:
        process.try_events(notify.handlers())
        return
    from services.notify.entrypoints.rpc import NotifyService

    process.serve(NotifyService, notify)


def work() -> None:
    """The worker: it alone sends anything out."""
    from chassis.processes import prepared
    from services.notify.bootstrap import (
        collecting_bounces,
        forgetting,
        notify_on,
        sending_mails,
        sending_to_webhooks,
        writing_to_chats,
    )
    from services.notify.manifest import MANIFEST
    from services.notify.webhook_settings import WorkerSettings

    process = prepared(MANIFEST, WORKER, WorkerSettings)
    notify = notify_on(process.database, process.clock, process.settings)
    mailing = sending_mails(process.database, process.clock, process.settings)
    texts = writing_to_chats(process.database, process.clock, process.settings)
    webhooks = sending_to_webhooks(process.database, process.clock, process.settings)
    bounces = collecting_bounces(process.database, process.clock, process.settings)
    forgotten = forgetting(process.database, process.clock, process.settings)
    process.work(notify.handlers(), notify.timers, more=[*mailing, *texts, *webhooks, *bounces, *forgotten])


if __name__ == "__main__":
    main()
