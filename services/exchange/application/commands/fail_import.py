"""A worker failed at an import in a way that nobody foresaw."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.errors import KhunjerabError, Unavailable, WriteConflict
from chassis.kernel.ids import derived
from services.exchange.application.importing.ports import Imports
from services.exchange.domain.importing import failed


@contextmanager
def failures_told(import_id: str, context: Context, imports: Imports) -> Iterator[None]:
    """Whatever fails within shows at the import, by its type, and goes on to whoever called.

    That something is away is no failure of the import; that others keep writing what it writes is one.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, WriteConflict) or not isinstance(error, Unavailable):
            # Should this fail, too, it is the first failure that matters; the timer comes back in a minute.
            with suppress(KhunjerabError):
                _fail_import(import_id, type(error).__name__, context, imports)
        raise


@decided_again_on_conflict
def _fail_import(import_id: str, error: str, context: Context, imports: Imports) -> None:
    imported = imports.load(import_id)
    of_this_try = replace(context, command_id=derived(context.command_id, "failed"))
    if not imported.answered(of_this_try):
        imports.save(imported, failed(imported.state, error, context.now), of_this_try)
