"""Files in and out of a call: what a service takes and gives in base64."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Any

import typer


def carried(fields: dict[str, Any], files: list[str]) -> dict[str, Any]:
    """The fields, and one more for each `FIELD=PATH`: the file's bytes in base64. Raises `typer.BadParameter`."""
    for word in files:
        name, path = _parted(word, "--file")
        try:
            fields[name] = b64encode(path.read_bytes()).decode()
        except OSError as error:
            raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="--file") from error
    return fields


def saved(answer: Any, places: list[str]) -> Any:
    """The answer with the fields `FIELD=PATH` written to files; in their place it says where. Raises as `carried`."""
    for word in places:
        name, path = _parted(word, "--save")
        try:
            content = b64decode(answer[name], validate=True)
        except (KeyError, TypeError, NotBase64) as error:
            raise typer.BadParameter(f"the answer has no file in {name}", param_hint="--save") from error
        try:
            path.write_bytes(content)
        except OSError as error:
            raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="--save") from error
        answer = {**answer, name: f"saved as {path}"}
    return answer


def _parted(word: str, option: str) -> tuple[str, Path]:
    name, _, path = word.partition("=")
    if not name or not path:
        raise typer.BadParameter("FIELD=PATH is wanted", param_hint=option)
    return name, Path(path)
