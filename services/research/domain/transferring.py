"""Which types of outcomes are carried into practice, and why the others are not."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fate:
    """Whether a hospital can take such an outcome into use; `because`: why, or why not."""

    transfers: bool
    because: str


FATES: Mapping[str, Fate] = {
    "publication": Fate(True, "what it found, or the guideline that it is, can be followed elsewhere"),
    "collaboration": Fate(False, "a relation; what it brings about is reported as outcomes of its own"),
    "further-funding": Fate(False, "means for work that is still to be done"),
    "engagement": Fate(False, "it has taken place, and is over"),
    "influence-on-policy-or-practice": Fate(True, "a rule or practice that another hospital can follow"),
    "research-tool": Fate(True, "a method, assay or questionnaire that others can work with"),
    "dataset-or-model": Fate(True, "a registry or model that others can work with"),
    "intellectual-property": Fate(True, "what is protected can be licensed and used"),
    "medical-product-or-trial": Fate(True, "a product, or a way to treat, that can be put into care"),
    "software": Fate(True, "it can be installed elsewhere"),
    "spin-out": Fate(False, "a company carries things into practice itself; its products are outcomes of their own"),
    "award": Fate(False, "it honours what was done"),
    "facility-use": Fate(False, "it has taken place, and is over"),
    "skills-and-people": Fate(False, "people take what they learnt along; no gate decides on that"),
    "creative-work": Fate(True, "a film or leaflet for patients or staff can be shown elsewhere"),
    "other": Fate(True, "nobody knows what it is; gates that do not apply are decided so"),
}
"""By type, in the order in which the types are told."""


def transfers(outcome_type: str) -> bool:
    """Whether outcomes of this type go from gate to gate."""
    return FATES[outcome_type].transfers
