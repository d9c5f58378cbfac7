"""`python -m services.notify serve`, `relay` or `worker`: one program, three processes, and the worker's child."""

from chassis.roles import RELAY, TRY, WORKER, asked_role


def main() -> None:
    """Runs the process that the command line names, until it is told to stop."""
    role = asked_role()
    # Not before: for `serve`, eventlet has to patch what all of this is made of.
    from chassis.processes import prepared
    from chassis.settings import ServiceSettings
    from services.notify.bootstrap import Notify
    from services.notify.manifest import MANIFEST

    if role == WORKER:
        work()
        return
    process = prepared(MANIFEST, role, ServiceSettings)
    if role == RELAY:
        process.relay()
        return
    notify = Notify(process.database, process.clock)
    if role == TRY:
        process.try_events(notify.handlers())
        return
    from services.notify.entrypoints.rpc import NotifyService

    process.serve(NotifyService, notify)


def work() -> None:
    """The worker: it alone needs to know of a mail server."""
    from chassis.processes import prepared
    from chassis.working import Task
    from services.notify.bootstrap import Notify, sending_mails
    from services.notify.manifest import MANIFEST
    from services.notify.settings import MailSettings

    process = prepared(MANIFEST, WORKER, MailSettings)
    notify = Notify(process.database, process.clock)
    mail = sending_mails(process.database, process.clock, process.settings)
    process.work(notify.handlers(), notify.timers, more=[Task("mail", mail.send_due, seconds=0.5)])


if __name__ == "__main__":
    main()
