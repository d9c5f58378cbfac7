"""Invented people, and notifications made from the contracts' samples, to see every message before anybody gets it."""

from services.notify.adapters.samples.library import SampleLibrary
from services.notify.adapters.samples.people import people_around, sample_person

__all__ = ["SampleLibrary", "people_around", "sample_person"]
