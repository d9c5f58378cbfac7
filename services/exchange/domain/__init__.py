"""Rules of the exchange, as plain data and functions."""
