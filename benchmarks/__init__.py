"""Figures, each beside its peer in the same run: what `make bench` prints and writes to `.run/bench.json`."""
