"""A table as it is read and downloaded."""

from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = "str | int | float | None"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is read and downloaded: headers and rows of plain text and numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
