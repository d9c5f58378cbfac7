"""What every rendered overlay has to be, whatever Kubernetes itself would let pass."""

import re

import kubernetes_validate
import pytest

from tests.manifests import OVERLAYS, ROOT, Json, Workload, of_kind, rendered, workloads

KUBERNETES = re.findall(r"^kubernetes=(\S+)", (ROOT / "deploy/render-manifests").read_text(), re.MULTILINE)[0]
"""The version that is validated against, said in one place."""

OFFICIAL = {"rabbitmq:4-management", "mongo:8"}
"""Images of others. They write to places of their own in their root file system."""

overlays = pytest.mark.parametrize("overlay", OVERLAYS)


@overlays
def test_the_api_knows_every_field(overlay: str) -> None:
    for one in rendered(overlay):
        kubernetes_validate.validate(one, KUBERNETES, strict=True)


@overlays
def test_nothing_has_the_same_name_twice(overlay: str) -> None:
    names = [(one["kind"], one["metadata"]["name"]) for one in rendered(overlay)]
    assert len(names) == len(set(names))


@overlays
def test_every_pod_is_restricted(overlay: str) -> None:
    for one in workloads(overlay):
        assert unrestricted(one) == [], one.name


def unrestricted(one: Workload) -> list[str]:
    """What the restricted Pod Security Standard would complain of, and what we ask for beyond it."""
    security = one.pod.get("securityContext", {})
    wanted = {
        "token": one.pod.get("automountServiceAccountToken") is False,
        "non-root": security.get("runAsNonRoot") is True and security.get("runAsUser", 0) > 0,
        "seccomp": security.get("seccompProfile") == {"type": "RuntimeDefault"},
        "host": not {"hostNetwork", "hostPID", "hostIPC"} & one.pod.keys(),
        "host path": not any("hostPath" in volume for volume in one.pod.get("volumes", [])),
    }
    return [name for name, holds in wanted.items() if not holds] + [
        f"{container['name']}: {name}" for container in one.containers for name in loose(container)
    ]


def loose(container: Json) -> list[str]:
    security = container.get("securityContext", {})
    wanted = {
        "escalation": security.get("allowPrivilegeEscalation") is False,
        "capabilities": security.get("capabilities") == {"drop": ["ALL"]},
        "root file system": security.get("readOnlyRootFilesystem") is True or container["image"] in OFFICIAL,
    }
    return [name for name, holds in wanted.items() if not holds]


@overlays
def test_every_container_asks_for_what_it_needs_and_may_not_have_more(overlay: str) -> None:
    for one in workloads(overlay):
        for container in one.containers:
            limits, requests = container["resources"]["limits"], container["resources"]["requests"]
            assert limits.keys() == requests.keys() == {"cpu", "memory"}, one.name


@overlays
def test_whatever_keeps_running_has_its_three_probes(overlay: str) -> None:
    for one in workloads(overlay):
        if one.keeps_running:
            assert {"startupProbe", "livenessProbe", "readinessProbe"} <= one.main.keys(), one.name


@overlays
def test_no_restart_follows_from_a_backend_that_is_away(overlay: str) -> None:
    for one in workloads(overlay):
        assert "/ready" not in str(one.main.get("livenessProbe")), one.name


@overlays
def test_every_image_has_a_fixed_tag(overlay: str) -> None:
    for one in workloads(overlay):
        for container in one.containers:
            tag = container["image"].partition(":")[2]
            assert tag not in ("", "latest"), container["image"]


@overlays
def test_every_probe_and_service_leads_to_a_port_that_is_there(overlay: str) -> None:
    for service in of_kind(overlay, "Service"):
        chosen = selected(overlay, service["spec"]["selector"])
        assert chosen, service["metadata"]["name"]
        for one in chosen:
            assert {port["targetPort"] for port in service["spec"]["ports"]} <= named_ports(one)
    for one in workloads(overlay):
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            asked = one.main.get(probe, {})
            port = (asked.get("httpGet") or asked.get("tcpSocket") or {}).get("port")
            assert port is None or port in named_ports(one), f"{one.name} {probe}"


def named_ports(one: Workload) -> set[str]:
    return {port["name"] for port in one.main.get("ports", [])}


def selected(overlay: str, labels: dict[str, str]) -> list[Workload]:
    return [one for one in workloads(overlay) if labels.items() <= one.labels.items()]


@overlays
def test_every_policy_and_budget_is_about_somebody(overlay: str) -> None:
    for one in of_kind(overlay, "PodDisruptionBudget"):
        assert selected(overlay, one["spec"]["selector"]["matchLabels"]), one["metadata"]["name"]
    for one in of_kind(overlay, "NetworkPolicy"):
        assert chosen_by(overlay, one["spec"]["podSelector"]), one["metadata"]["name"]


def chosen_by(overlay: str, selector: Json) -> list[Workload]:
    wanted = selector.get("matchExpressions", [])
    values = [one for one in wanted if one["operator"] == "In"]
    assert len(values) == len(wanted), "this test knows no other operator"
    return [
        one
        for one in selected(overlay, selector.get("matchLabels", {}))
        if all(one.labels.get(each["key"]) in each["values"] for each in values)
    ]


@overlays
def test_nobody_talks_to_anybody_unless_it_is_said(overlay: str) -> None:
    everybody = [one["spec"] for one in of_kind(overlay, "NetworkPolicy") if one["spec"]["podSelector"] == {}]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in everybody


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"automountServiceAccountToken": True}, "token"),
        ({"hostNetwork": True}, "host"),
        ({"securityContext": {"runAsNonRoot": True, "runAsUser": 0}}, "non-root"),
        ({"volumes": [{"name": "all", "hostPath": {"path": "/"}}]}, "host path"),
        ({"containers": [{"name": "main", "image": "khunjerab/web:dev"}]}, "main: root file system"),
    ],
)
def test_a_planted_looseness_is_seen(change: Json, complaint: str) -> None:
    strict = next(one for one in workloads("dev") if one.name == "web")
    assert unrestricted(strict) == []
    assert complaint in unrestricted(Workload(strict.kind, strict.name, strict.labels, strict.pod | change))
