"""Who is told what of webhooks: the part of the table that speaks of other systems."""

from collections.abc import Iterable, Mapping

from services.notify.domain.lines import Facts, Line

REGISTRAR = "registrar"


def _registrar(facts: Facts) -> Iterable[str]:
    return (facts["registered_by"],)


WEBHOOKS: Mapping[str, tuple[Line, ...]] = {
    "notify.webhook.disabled.v1": (Line("webhook-disabled", REGISTRAR, _registrar),),
}
