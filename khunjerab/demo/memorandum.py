"""Loads the founding memorandum: its sites and people, each with an account, and its agreement as a draft.

Every command's id is derived from the sample's own keys, so that loading again finds everything made.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.ids import derived, document_id
from chassis.rpc.client import RpcClient

SAMPLE = Path(__file__).parents[2] / "samples" / "memorandum.json"


@dataclass(frozen=True)
class Memorandum:
    """The sample, with the ids that its keys (`kashgar`, `zhang`) have in the installation."""

    sample: Mapping[str, Any]
    agreement: str

    def site(self, key: str) -> str:
        return document_id("sit", _command("sites", key))

    def person(self, key: str) -> str:
        return document_id("per", _command("people", key))

    def actor(self, key: str) -> Actor:
        """A person of the sample as the actor that their account makes them."""
        person = self.sample["people"][key]
        return Actor(self.person(key), frozenset(person["roles"]), frozenset({self.site(person["site"])}))

    def email(self, key: str) -> str:
        return str(self.sample["people"][key]["email"])

    def name(self, key: str) -> str:
        return str(self.sample["people"][key]["passport_name"])


def load_memorandum(rpc: RpcClient, today: date) -> Memorandum:
    """Registers sites and people and drafts the agreement, in effect from `today`'s year on."""
    sample = json.loads(SAMPLE.read_text())
    memorandum = Memorandum(sample, document_id("agr", _command("agreement", "")))
    administrator = Actor(memorandum.person("administrator"), frozenset({ADMINISTRATOR}))
    for key, site in sample["sites"].items():
        fields = site | {
            role: [memorandum.person(each) for each in site[role]] for role in ("coordinators", "managers")
        }
        rpc.call("exchange", "register_site", fields, actor=administrator, command_id=_command("sites", key))
    for key, person in sample["people"].items():
        fields = {name: value for name, value in person.items() if name not in ("site", "roles")}
        fields["sites"] = [memorandum.site(person["site"])]
        rpc.call("exchange", "register_person", fields, actor=administrator, command_id=_command("people", key))
    rpc.call(
        "exchange",
        "draft_agreement",
        _agreement_fields(memorandum, today),
        actor=Actor(memorandum.person("ali"), frozenset({PROGRAMME_MANAGER}), frozenset({memorandum.site("gilgit")})),
        command_id=_command("agreement", ""),
    )
    return memorandum


def _agreement_fields(memorandum: Memorandum, today: date) -> dict[str, Any]:
    text = memorandum.sample["agreement"]
    return {
        "names": text["names"],
        "partners": [memorandum.site(key) for key in text["partners"]],
        "fields": text["fields"],
        "in_effect_from": date(today.year, 1, 1).isoformat(),
        "in_effect_until": date(today.year + text["years"] - 1, 12, 31).isoformat(),
        "conditions": [
            condition
            | {
                "sending_site": memorandum.site(condition["sending_site"]),
                "host_site": memorandum.site(condition["host_site"]),
            }
            for condition in text["conditions"]
        ],
        "note": text["note"],
    }


def _command(kind: str, key: str) -> str:
    return derived("memorandum", kind, key)
