"""Which settings each process of an installation reads, so that what it is given can be held against them."""

from pydantic_settings import BaseSettings

from chassis.settings import ServiceSettings
from khunjerab.bootstrap.settings import BootstrapSettings
from services.exchange.settings import ExchangeSettings
from services.notify.webhook_settings import AskedSettings, WorkerSettings
from services.web.settings import WebSettings

READ_ELSEWHERE = {"OTEL_EXPORTER_OTLP_ENDPOINT"}
"""OpenTelemetry reads its own variables."""

OPERATOR = {"AMQP_URL", "MONGO_URL", "BROKER_API_URL"}

_SPECIAL: dict[str, type[BaseSettings]] = {
    "bootstrap": BootstrapSettings,
    "exchange-serve": ExchangeSettings,
    "exchange-worker": ExchangeSettings,
    "notify-serve": AskedSettings,
    "notify-worker": WorkerSettings,
    "web": WebSettings,
}


def required(process: str) -> set[str]:
    """The variables without which the process `exchange-serve`, `web`, `bootstrap` ... does not start."""
    if process in ("operations", "doctor"):
        return OPERATOR
    return {name.upper() for name, one in _kind(process).model_fields.items() if one.is_required()}


def known(process: str) -> set[str]:
    """The variables that the process reads at all: any other is a slip of the pen."""
    if process in ("operations", "doctor"):
        return OPERATOR
    return {name.upper() for name in _kind(process).model_fields} | READ_ELSEWHERE


def _kind(process: str) -> type[BaseSettings]:
    return _SPECIAL.get(process, ServiceSettings)
