"""FHIR R4 (4.0.1): the diary as resources in JSON. One file per resource; nothing here asks a store."""

from services.exchange.adapters.fhir.resources import FhirResources

__all__ = ["FhirResources"]
