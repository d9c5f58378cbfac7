"""What the compose file promises: nothing open to the outside, nothing that can do more than it must."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet

from tests.manifests import OURS, ROOT, Json, composed

ONCE = {"bootstrap", "operations", "database-key"}
VARIABLE = re.compile(r"\$\{(\w+)([^}]*)\}")
services = pytest.mark.parametrize("name", composed())


@services
def test_what_is_ours_can_change_nothing_and_become_nobody_else(name: str) -> None:
    one = composed()[name]
    if one["image"].startswith(OURS):
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]


@services
def test_what_keeps_running_tells_how_it_is_and_comes_back(name: str) -> None:
    one = composed()[name]
    if name not in ONCE:
        assert one["restart"] == "unless-stopped"
        assert "healthcheck" in one or name == "mailbox"


def test_only_the_pages_are_published_and_only_on_loopback() -> None:
    published = {name: one["ports"] for name, one in composed().items() if "ports" in one}
    assert published == {"web": ["127.0.0.1:${WEB_PORT:-8000}:8000"]}


def test_only_who_has_business_outside_can_get_there() -> None:
    assert {name for name, one in composed().items() if "outer" in one.get("networks", [])} == {"web", "notify-worker"}


@services
def test_nothing_starts_before_broker_and_database_are_prepared(name: str) -> None:
    if name.endswith(("-serve", "-relay", "-worker")) or name == "web":
        assert composed()[name]["depends_on"] == {"bootstrap": {"condition": "service_completed_successfully"}}


def test_every_secret_is_asked_for_by_name_where_it_is_missing() -> None:
    wanted = {name for name, what in variables() if what.startswith(":?")}
    assert wanted >= set(secrets(ROOT / "deploy/env.example"))


def variables() -> list[tuple[str, str]]:
    return VARIABLE.findall((ROOT / "docker-compose.yml").read_text("utf-8"))


def secrets(file: Path) -> dict[str, str]:
    lines = (line.partition("=") for line in file.read_text().splitlines() if not line.startswith("#"))
    return {name: value for name, _, value in lines if re.search(r"PASSWORD$|_KEYS?$", name)}


def test_made_secrets_differ_fit_into_an_address_and_are_for_their_owner_alone(tmp_path: Path) -> None:
    made = tmp_path / ".env"
    make_env(made)
    values = secrets(made)
    assert values.keys() == secrets(ROOT / "deploy/env.example").keys()
    assert len(set(values.values())) == len(values)
    for name in ("KHUNJERAB_PASSPORT_KEYS", "KHUNJERAB_WEBHOOK_KEYS"):
        assert Fernet(values.pop(name))
    assert all(re.fullmatch(r"[0-9a-f]{48}", value) for value in values.values())
    assert made.stat().st_mode & 0o777 == 0o600


def test_secrets_that_are_there_already_stay(tmp_path: Path) -> None:
    made = tmp_path / ".env"
    make_env(made)
    before = made.read_bytes()
    make_env(made)
    assert made.read_bytes() == before


def make_env(file: Path) -> None:
    subprocess.run([ROOT / "deploy/make-env", file], check=True, capture_output=True)


def test_every_image_is_built_once_from_the_one_file() -> None:
    built = {name: one["build"] for name, one in composed().items() if "build" in one}
    images = {one["image"] for one in composed().values() if one["image"].startswith(OURS)}
    assert sorted(composed()[name]["image"] for name in built) == sorted(images)
    assert {one["dockerfile"] for one in built.values()} == {"deploy/Dockerfile"}
    assert all((ROOT / f"requirements/{one['args']['SERVICE']}.txt").exists() for one in built.values())


def test_the_replica_set_has_the_name_that_bootstrap_gives_it() -> None:
    command: list[str] = composed()["database"]["command"]
    assert composed()["bootstrap"]["environment"]["REPLICA_SET"] == command[command.index("--replSet") + 1]


def test_the_inner_network_leads_nowhere_and_all_data_has_a_name() -> None:
    whole: Json = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    assert whole["networks"]["inner"] == {"internal": True}
    assert whole["volumes"].keys() == {"broker-data", "database-data", "database-key"}
