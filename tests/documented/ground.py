"""What every page of documentation starts from: the sample's sites, people and agreement, on a Monday in March 2026.

The day is fixed, so that what a page says of days, holidays and deadlines stays true however much time passes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from pymongo import MongoClient

from chassis.clock import DemoClock
from chassis.kernel.ids import derived, document_id
from chassis.rpc.client import RpcClient
from khunjerab.demo.memorandum import Memorandum, load_memorandum
from khunjerab.installation import Installation

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
"""14:00 in Kashgar, 11:00 in Gilgit."""
DEPARTMENTS = {
    "Hepatobiliary Surgery": "dep_surgery…",
    "Medical Imaging": "dep_imaging…",
    "General Surgery": "dep_general…",
    "Infectious Disease Control": "dep_infection…",
}
CONDITIONS = {
    "training": "cnd_training…",
    "clinical-work": "cnd_clinical…",
    "research": "cnd_research…",
    "consultation": "cnd_consultation…",
}


MARKS = "marks"
"""What research's worker did as it started, and does once: of nothing that is kept there is nothing left to count."""


def cleared(installation: Installation, services: Iterable[str]) -> None:
    """Empties the services' collections; what processes run on goes on running."""
    with MongoClient[dict[str, Any]](installation.backends.mongo_admin_url) as client:
        for database in (client[installation.database(service)] for service in services):
            for name in set(database.list_collection_names()) - {MARKS}:
                database[name].delete_many({})


def laid(rpc: RpcClient, clock: DemoClock) -> dict[str, str]:
    """Lays the ground by calls, as a client would; returns what the names on the pages stand for.

    `sit_kashgar…`, `per_ali…`: the keys of samples/memorandum.json. `agr_memorandum…` is in effect.
    """
    clock.advance(START - clock.now())
    memorandum = load_memorandum(rpc, START.date())
    people, sites = memorandum.sample["people"], memorandum.sample["sites"]
    names = {f"per_{key}…": memorandum.person(key) for key in people}
    names |= {f"sit_{key}…": memorandum.site(key) for key in sites}
    names["agr_memorandum…"] = memorandum.agreement
    _approve(rpc, memorandum, memorandum.agreement, ("li", "gulnar", "ali"))
    asked = {"agreement_id": memorandum.agreement}
    agreement = rpc.call("exchange", "agreement", asked, actor=memorandum.actor("ali"))
    names |= {CONDITIONS[each["kind"]]: each["id"] for each in agreement["conditions"]}
    listed = rpc.call("exchange", "sites", {}, actor=memorandum.actor("ali"))["items"]
    departments = [department for site in listed for department in site["departments"]]
    return names | {DEPARTMENTS[each["names"]["en"]]: each["id"] for each in departments} | _clinic(rpc, memorandum)


def _clinic(rpc: RpcClient, memorandum: Memorandum) -> dict[str, str]:
    """A second agreement, of a few weeks of clinical work in Kashgar: `agr_clinic…` and its condition `cnd_clinic…`."""
    ends = {"sending_site": memorandum.site("gilgit"), "host_site": memorandum.site("kashgar")}
    condition = {
        "kind": "clinical-work", "field": "liver echinococcosis", **ends, "visits_per_year": 2,
        "visitor_days_per_year": 40, "outcomes_per_year": 0, "acceptance": ["host-department"], "reply_within_days": 14,
    }  # fmt: skip
    text = {
        "names": {"en": "Clinical work in Kashgar"}, "partners": list(ends.values()), "fields": [condition["field"]],
        "in_effect_from": "2026-01-01", "in_effect_until": "2026-12-31", "conditions": [condition],
    }  # fmt: skip
    command_id = derived("documented", "clinic")
    rpc.call("exchange", "draft_agreement", text, actor=memorandum.actor("ali"), command_id=command_id)
    agreement = document_id("agr", command_id)
    _approve(rpc, memorandum, agreement, ("ali", "gulnar"))
    found = rpc.call("exchange", "agreement", {"agreement_id": agreement}, actor=memorandum.actor("ali"))
    return {"agr_clinic…": agreement, "cnd_clinic…": found["conditions"][0]["id"]}


def _approve(rpc: RpcClient, memorandum: Memorandum, agreement: str, partners: tuple[str, ...]) -> None:
    for who in partners:
        asked = {"agreement_id": agreement}
        stands = rpc.call("exchange", "agreement", asked, actor=memorandum.actor(who))
        approval = asked | {"text_hash": stands["text_hash"], "expected_version": stands["version"]}
        rpc.call("exchange", "approve_agreement", approval, actor=memorandum.actor(who))
