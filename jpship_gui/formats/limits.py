"""How much a file may hold before it is refused: well above a seller's biggest day, well below what fills a memory.

The largest downloads known have 10,000 rows of some hundred columns (a tenth of each limit below).
"""

from __future__ import annotations

MAX_BYTES = 100_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_CELLS = 5_000_000
MAX_CELL = 100_000  # characters; a spreadsheet itself holds 32,767
MAX_UNPACKED = 150_000_000  # bytes of all parts of a workbook, as they really are
MAX_RATIO = 200  # times a part may grow when unpacked; sheets of nothing but empty cells stay below 60
SMALL_PART = 1_000_000  # bytes; a part of this size does no harm however well it was packed
MAX_PARTS = 2_000
MAX_TEXT = 150_000_000  # bytes of a workbook's cells once its shared texts stand in each of them
