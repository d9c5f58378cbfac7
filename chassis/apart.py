"""Work that computes for long, kept from stopping everything else in the process.

    rows = apart(read_sheet, content)

Where eventlet has patched the process, as in `serve`, every call and heartbeat shares one thread: a computation in it
stops them all until it is done. There it gets a thread of its own, and only who asked waits for it; the interpreter
takes turns. Elsewhere threads are threads, and it is simply done.
"""

import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Result = TypeVar("Result")


def apart(compute: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """What `compute` answers or raises. It may neither wait for anything of the process nor use its connections."""
    if not _is_patched():
        return compute(*args, **kwargs)
    from eventlet import tpool

    return cast("Result", tpool.execute(compute, *args, **kwargs))


def _is_patched() -> bool:
    # A process that never imported eventlet is not patched, and need not import it to know.
    patcher = sys.modules.get("eventlet.patcher")
    return patcher is not None and bool(patcher.is_monkey_patched("thread"))
