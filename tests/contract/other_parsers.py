"""Calendar files as ical.js reads them, which had no hand in writing them: all files in one process."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import playwright

NODE = Path(playwright.__file__).parent / "driver" / "node"
"""Playwright brings a Node.js of its own: none has to be installed."""
SCRIPT = Path(__file__).with_name("read_calendars.cjs")


def read_by_ical_js(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What `read_calendars.cjs` says of each file."""
    asked = json.dumps({name: content.decode() for name, content in files.items()})
    ran = subprocess.run((NODE, SCRIPT), input=asked, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    read: dict[str, Any] = json.loads(ran.stdout)
    return read
