"""Write the example returns: ``python -m sample_data.make [FOLDER]``, by default ``sample_data/returns``."""

from __future__ import annotations

import sys
from pathlib import Path

from sample_data.sending import all_sendings
from sample_data.workbook import write_returns

RETURNS = Path(__file__).with_name("returns")


def make(folder: Path = RETURNS) -> list[Path]:
    """Write the 21 example workbooks into a folder and give their paths; the same bytes every time."""
    return write_returns(folder, all_sendings())


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else RETURNS
    for written in make(target):
        print(written)
