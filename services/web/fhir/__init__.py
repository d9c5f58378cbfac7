"""The diary for other hospital systems: FHIR R4, read-only, behind bearer tokens."""
