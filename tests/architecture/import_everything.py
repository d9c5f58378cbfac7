"""A program: imports every module of the tree in the working directory, or those it is given, and prints what that did.

What counts is what the project's own lines do while they are imported: a connection, a program started, a variable of
the environment read. What a library does while it is itself being imported is its own affair, except that nobody may
connect. The answer is one line of JSON.
"""

import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path.cwd()
PACKAGES = ("contracts", "chassis", "services", "khunjerab")
FORBIDDEN = {"socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.posix_spawn"}
PYDANTIC = {"PYDANTIC_DISABLE_PLUGINS"}
RICH = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}
LIBRARY_SWITCHES = PYDANTIC | RICH
"""What these libraries ask for by themselves, when a model is defined or a console is made: no settings of ours."""

seen: list[str] = []


def our_module() -> str | None:
    """The project's module whose own line is running, unless a library's import lies in between."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith("<frozen importlib"):
            return None
        module = frame.f_globals.get("__name__", "")
        if module.partition(".")[0] in PACKAGES:
            return str(module)
        frame = frame.f_back
    return None


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        seen.append(f"connects to {arguments[1]!r}")
        raise ConnectionRefusedError("nothing may be connected to while importing")
    if event in FORBIDDEN and (module := our_module()):
        seen.append(f"{module}: {event}")


class Watched(os._Environ):  # type: ignore[type-arg]
    """The environment, writing down which of our modules asks it for what."""

    def __getitem__(self, key: str) -> str:
        self._asked(key)
        return str(super().__getitem__(key))

    def __contains__(self, key: object) -> bool:
        self._asked(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._asked("everything")
        return super().__iter__()

    def _asked(self, key: str) -> None:
        if key not in LIBRARY_SWITCHES and (module := our_module()):
            seen.append(f"{module}: reads {key} from the environment")


def modules() -> Iterator[str]:
    for package in PACKAGES:
        yield package
        found = pkgutil.walk_packages([str(ROOT / package)], f"{package}.", onerror=seen.append)
        yield from (module.name for module in found)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    sys.addaudithook(watch)
    os.environ.__class__ = Watched
    count = 0
    for name in sys.argv[1:] or modules():
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 (whatever a module raises while it is imported is an answer about it)
            seen.append(f"{name} cannot be imported: {error!r}")
        count += 1
    sys.stdout.write("\n" + json.dumps({"count": count, "seen": seen}))


main()
