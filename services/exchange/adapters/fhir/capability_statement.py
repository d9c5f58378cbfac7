"""CapabilityStatement: what can be asked here."""

from collections.abc import Mapping, Sequence

from services.exchange.adapters.fhir.parts import Json

FHIR_VERSION = "4.0.1"
CHANGED_ON = "2026-11-30"
"""The day on which what can be asked last changed."""

_TYPES = {
    "_id": "token",
    "_lastUpdated": "date",
    "date": "date",
    "start": "date",
    "actor": "reference",
    "practitioner": "reference",
    "appointment": "reference",
    "schedule": "reference",
    "organization": "reference",
    "partof": "reference",
    "status": "token",
    "part-status": "token",
    "name": "string",
}


def capability_statement(base: str, parameters: Mapping[str, Sequence[str]]) -> Json:
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": CHANGED_ON,
        "kind": "instance",
        "software": {"name": "Khunjerab"},
        "implementation": {"description": "Staff visits and online consultations of partner hospitals", "url": base},
        "fhirVersion": FHIR_VERSION,
        "format": ["json", "application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": "Read-only. No patients, no cases.",
                "security": {"description": "A bearer token, given out by whoever runs this installation"},
                "resource": [_resource(type_, names) for type_, names in parameters.items()],
            }
        ],
    }


def _resource(type_: str, names: Sequence[str]) -> Json:
    return {
        "type": type_,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "versioned",
        "conditionalRead": "not-match",
        "searchParam": [{"name": name, "type": _TYPES[name]} for name in names],
    }
