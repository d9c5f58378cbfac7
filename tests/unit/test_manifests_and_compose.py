"""Two ways to run the same installation: what each process is and is given, held against the other and its settings."""

import base64
import re
from urllib.parse import urlsplit

import pytest

from khunjerab.installation import LOGINS
from khunjerab.stack.processes import PROCESSES
from tests.manifests import OURS, OVERLAYS, Json, Workload, composed, of_kind, rendered, workloads
from tests.process_settings import known, required

COUNTERPART = {"operations": "doctor"}
"""What is called otherwise on Kubernetes."""
INSIDE = {"database-key"}
"""What is there a part of another: the database's init container."""

overlays = pytest.mark.parametrize("overlay", OVERLAYS)
services = pytest.mark.parametrize("name", composed())
ours = pytest.mark.parametrize("name", [name for name, one in composed().items() if one["image"].startswith(OURS)])


def environment_of(name: str) -> set[str]:
    return set(composed()[name].get("environment", {}))


@pytest.mark.parametrize("process", [one.name for one in PROCESSES])
def test_every_process_of_the_embedded_stack_is_in_the_compose_file(process: str) -> None:
    assert process in composed()


@ours
def test_a_process_in_compose_is_given_what_it_needs_and_nothing_that_it_does_not_read(name: str) -> None:
    if name != "mailbox":
        assert required(name) <= environment_of(name) <= known(name)


@overlays
def test_a_process_on_kubernetes_is_given_what_it_needs_and_nothing_that_it_does_not_read(overlay: str) -> None:
    for one in workloads(overlay):
        if one.is_ours and one.name != "mailbox":
            given = set(environment(overlay, one))
            assert required(one.name) <= given, one.name
            assert given - SHARED <= known(one.name), one.name


SHARED = {"LOG_LEVEL", "WEB_URL"}
"""One ConfigMap serves every process, though not each reads all of it."""


def environment(overlay: str, one: Workload) -> dict[str, str]:
    """What the main container's variables are, read out of the ConfigMaps and Secrets that it names."""
    found: dict[str, str] = {}
    for source in one.main.get("envFrom", []):
        found |= content(overlay, "ConfigMap", source["configMapRef"]["name"])
    for variable in one.main.get("env", []):
        reference = variable.get("valueFrom", {}).get("secretKeyRef")
        if reference is None:
            found[variable["name"]] = variable["value"]
        elif not reference.get("optional"):
            found[variable["name"]] = content(overlay, "Secret", reference["name"])[reference["key"]]
    return found


def content(overlay: str, kind: str, name: str) -> dict[str, str]:
    data = next(one["data"] for one in of_kind(overlay, kind) if one["metadata"]["name"] == name)
    return {key: base64.b64decode(value).decode() if kind == "Secret" else value for key, value in data.items()}


@overlays
@services
def test_every_service_of_compose_runs_on_kubernetes_too_and_does_the_same(overlay: str, name: str) -> None:
    if name in INSIDE:
        return
    there = next((one for one in workloads(overlay) if one.name == COUNTERPART.get(name, name)), None)
    assert there, f"{name} has no counterpart"
    here = composed()[name]
    assert there.main["image"].partition(":")[0] == here["image"].partition(":")[0]
    if name not in COUNTERPART:
        assert words(there.main) == words_of_compose(here)


def words(container: Json) -> list[str]:
    """What a container is told to run; the entrypoint of its image stands before it."""
    return [*container.get("command", []), *container.get("args", [])]


def words_of_compose(service: Json) -> list[str]:
    return [*service.get("entrypoint", []), *service.get("command", [])]


@overlays
def test_a_service_is_given_no_login_but_its_own(overlay: str) -> None:
    for one in workloads(overlay):
        login = one.labels.get("app.kubernetes.io/name")
        if one.is_ours and login in LOGINS:
            urls = [value for key, value in environment(overlay, one).items() if key in ("AMQP_URL", "MONGO_URL")]
            assert [urlsplit(url).username for url in urls] == [login, login], one.name


@overlays
def test_every_login_has_the_password_that_bootstrap_gives_it(overlay: str) -> None:
    given = environment(overlay, next(one for one in workloads(overlay) if one.name == "bootstrap"))
    for login in LOGINS:
        for url in urls_of(overlay, login):
            assert urlsplit(url).password == given[f"{login.upper()}_PASSWORD"]


def urls_of(overlay: str, login: str) -> list[str]:
    secrets = [one["metadata"]["name"] for one in of_kind(overlay, "Secret")]
    name = next(one for one in secrets if one.startswith(f"{login}-login"))
    return list(content(overlay, "Secret", name).values())


@overlays
def test_no_password_stands_outside_a_secret(overlay: str) -> None:
    for one in rendered(overlay):
        if one["kind"] != "Secret":
            assert not re.search(r"://[^/\s]+:[^/\s]+@", str(one)), one["metadata"]["name"]
