"""How large a file may be. What is beyond is refused before it costs anything."""

from chassis.kernel.sheets import Limits

MOST_BYTES = 1 << 20
"""Of the file as it comes."""
MOST_UNPACKED = 16 << 20
"""Bytes of everything in an XLSX file, unpacked; and characters of all its cells together."""
MOST_ROWS = 2_000
"""Of all sheets together: they are written in one transaction."""
MOST_COLUMNS = 100
MOST_SHEETS = 10
"""Far fewer are known: each that one far cell makes large costs as much as a full one."""
MOST_CELLS = 100_000
MOST_IN_A_CELL = 5_000
"""Characters."""
LIMITS = Limits(MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, MOST_CELLS, MOST_IN_A_CELL)
CHUNK_BYTES = 1 << 20
"""The rows of one import are kept in documents of about this size, none of them above twice as much."""
