"""`python -m services.research serve`, `relay` or `worker`: one program, three processes, and the worker's child."""

from chassis.roles import RELAY, SERVE, TRY, asked_role


def main() -> None:
    """Runs the process that the command line names, until it is told to stop."""
    role = asked_role()
    # Not before: for `serve`, eventlet has to patch what all of this is made of.
    from chassis.processes import prepared
    from chassis.settings import ServiceSettings
    from services.research.manifest import MANIFEST

    if role == RELAY:
        prepared(MANIFEST, role, ServiceSettings).relay()
    else:
        _run(role)


def _run(role: str) -> None:
    """The processes that decide."""
    from chassis.processes import prepared
    from chassis.settings import ServiceSettings
    from chassis.working import Task
    from services.research.bootstrap import Research
    from services.research.manifest import MANIFEST

    process = prepared(MANIFEST, role, ServiceSettings)
    research = Research(process.database, process.clock)
    if role == SERVE:
        from services.research.entrypoints.rpc import ResearchService

        process.serve(ResearchService, research)
    elif role == TRY:
        process.try_events(research.handlers())
    else:
        rounds = research.rounds_over_all.items()
        tasks = [Task(name, once, seconds) for name, (once, seconds) in rounds]
        process.work(research.handlers(), research.timers, tasks)


if __name__ == "__main__":
    main()
