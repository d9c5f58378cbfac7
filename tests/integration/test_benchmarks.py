"""The benchmarks at small sizes: that they run and that no figure stands alone. How fast is for `make bench` to say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FIELDS = {"name", "value", "unit", "peer", "peer_value", "ratio", "aim", "met"}
BENCHMARKS = (
    "relay",
    "subscriber",
    "command to stored notification",
    "bookings by",
    "bookings at once",
    "find a time",
    "booking where",
    "lists where",
    "feed of 20 bookings, of a site",
    "feed of 20 bookings over HTTP",
    "BibTeX records read",
    "search for duplicates among 300",
    "duplicates told apart",
    "20 records of an import",
    "measures of 300 outcomes",
    "next due of 300 reminders",
    "an announcement to 40 people: queued",
    "an announcement to 40 people: sent by 1",
    "an inbox of 100 among 400",
    "stack",
)


@pytest.mark.broker
@pytest.mark.timeout(400)
def test_every_benchmark_runs_and_each_figure_comes_with_its_peer(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    done = subprocess.run(
        (sys.executable, "-m", "benchmarks", "--short", "--kept", str(tmp_path), "--out", str(out)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(out.read_text())
    assert [name for name in BENCHMARKS if not any(name in figure["name"] for figure in figures)] == []
    for figure in figures:
        assert figure.keys() == FIELDS
        assert figure["value"] > 0
        assert figure["peer"]
        assert figure["ratio"] == pytest.approx(figure["value"] / figure["peer_value"])
        assert (figure["met"] is None) == (figure["aim"] == "")
