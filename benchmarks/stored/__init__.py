"""What a booking takes in a store with very many visits: the stores, kept between runs, and the measuring."""

from benchmarks.stored.measuring import stored

__all__ = ["stored"]
