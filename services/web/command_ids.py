"""The id of a command: a double click is one command, a changed form is another."""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chassis.kernel.ids import uuid7


def new_form_id(now: datetime) -> str:
    """The id that a form carries from its rendering on: 32 hexadecimal digits, time-ordered."""
    return uuid7(now, os.urandom(10))


def command_id(form_id: str, method: str, fields: Mapping[str, Any]) -> str:
    """The id of the command that the form makes of these fields.

    The same fields from the same form always give the same id, so that sending twice, or asking again, is one command.
    Other fields (the form was changed, or Back was used) give another id: else the service would answer as
    the first did and drop the change in silence. The moment in it stays the form's, so that ids sort by time.
    """
    made_at = datetime.fromtimestamp(int(form_id[:12], 16) / 1000, UTC)
    content = json.dumps([form_id, method, dict(fields)], sort_keys=True)
    return uuid7(made_at, hashlib.sha256(content.encode()).digest()[:10])
