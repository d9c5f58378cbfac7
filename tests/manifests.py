"""The rendered Kubernetes manifests and the compose file, as the tests look at them."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
OVERLAYS = sorted(path.name for path in (ROOT / "deploy/k8s/overlays").iterdir())
OURS = "khunjerab/"
"""What the names of our own images begin with."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Workload:
    """Something that runs pods: `name` and `kind` are its own, `pod` is the pod's specification."""

    kind: str
    name: str
    labels: dict[str, str]
    pod: Json

    @property
    def main(self) -> Json:
        return next(one for one in self.containers if one["name"] == "main")

    @property
    def containers(self) -> list[Json]:
        return [*self.pod["containers"], *self.pod.get("initContainers", [])]

    @property
    def keeps_running(self) -> bool:
        return self.kind in ("Deployment", "StatefulSet")

    @property
    def is_ours(self) -> bool:
        return str(self.main["image"]).startswith(OURS)


@cache
def rendered(overlay: str) -> list[Json]:
    """Every object of an overlay. Skips the test, saying why, where kustomize is missing."""
    kustomize = shutil.which("kustomize", path=f"{ROOT / '.venv/bin'}") or shutil.which("kustomize")
    if kustomize is None:
        pytest.skip("kustomize is missing: make setup installs it on Debian, deploy/install-kustomize says how")
    command = [kustomize, "build", f"deploy/k8s/overlays/{overlay}"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return list(yaml.safe_load_all(ran.stdout))


def of_kind(overlay: str, *kinds: str) -> list[Json]:
    return [one for one in rendered(overlay) if one["kind"] in kinds]


def workloads(overlay: str) -> list[Workload]:
    """Whatever runs pods, with the pod's specification wherever the kind keeps it."""
    return list(_workloads(rendered(overlay)))


def _workloads(objects: list[Json]) -> Iterator[Workload]:
    for one in objects:
        spec = one.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            labels = template["metadata"].get("labels", {})
            yield Workload(one["kind"], one["metadata"]["name"], labels, template["spec"])


@cache
def composed() -> dict[str, Json]:
    """The services of the compose file, by name, with its anchors resolved and its variables as they are written."""
    loaded: dict[str, Json] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    return loaded
