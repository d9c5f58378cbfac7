"""One staff visit, from the proposal to the report."""

from datetime import date, datetime, timedelta

from khunjerab.demo.stage import Stage, once


def propose(stage: Stage, who: str) -> None:
    wanted = stage.memorandum.sample["visit"]
    browser, page = stage.opened(who, f"/agreements/{stage.memorandum.agreement}/{stage.ids['condition']}/propose")
    arrival = stage.days_from_now(wanted["in_days"])
    typed: dict[str, str | list[str]] = {
        "purpose": wanted["purpose"],
        "host_department": stage.ids["department"],
        "visitors": [stage.memorandum.person(key) for key in wanted["visitors"]],
        "leader": stage.memorandum.person(wanted["leader"]),
        "planned_arrival": arrival.isoformat(),
        "planned_departure": (arrival + timedelta(days=wanted["for_days"])).isoformat(),
    }
    shown = browser.send(page, "/propose", typed)
    stage.ids["visit"] = shown.address.rstrip("/").rpartition("/")[2]


def name_deputy(stage: Stage, who: str) -> None:
    """Who hears of what waits too long."""
    fields = {"person_id": stage.memorandum.person(who), "deputy_id": stage.memorandum.person("chen")}
    stage.notify(who, "name_deputy", **fields)


def wait_unanswered(stage: Stage) -> None:
    """Until the deputy was told, who then knows whom to push."""
    reply_by = datetime.fromisoformat(stage.call("ali", "visit", visit_id=stage.ids["visit"])["reply_by"])
    stage.clock.advance((reply_by - stage.clock.now()) * 0.5 + timedelta(minutes=5))

    def purposes() -> list[str]:
        return [each["purpose"] for each in stage.notify("chen", "inbox", limit=50)["items"]]

    once(purposes, lambda told: "reply-overdue" in told, "the deputy's message")


def accept(stage: Stage, who: str) -> None:
    stage.on_visit(who, "/reply/host-department", {"status": "accepted", "reason": "Two places on the ward."})


def arrive(stage: Stage, who: str) -> None:
    stage.on_visit(who, "/arrival", {"arrived_on": stage.today().isoformat()})


def fulfil(stage: Stage, who: str) -> None:
    report = "Both surgeons followed the ward and nine operations; a screening protocol is being written."
    stage.on_visit(who, "/fulfil", {"departed_on": stage.today().isoformat(), "report": report})


def planned_arrival(stage: Stage) -> date:
    """Of the visit as it stands."""
    return date.fromisoformat(stage.call("ali", "visit", visit_id=stage.ids["visit"])["planned_arrival"])
