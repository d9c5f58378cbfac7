"""Rules of notify, as plain data and functions."""
