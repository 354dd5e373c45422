"""What was issued to an audience before: files and packs that are out cannot be taken back, so what is shown later reckons with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from domain.access import Audience
from domain.cubes import Cell, Cube


@dataclass(frozen=True, slots=True)
class Issued:
    """The cells that were issued, with the numbers they showed."""

    cells: dict[Cell, tuple[int, ...]] = field(default_factory=dict)

    def put_into(self, cube: Cube) -> None:
        """Add to a cube what the cells it has were shown as before, where they are another number now."""

    def shown(self, cube: Cube) -> set[Cell]:
        """The cells of a cube that were issued with the number that they have now."""
        return {cell for cell, numbers in self.cells.items() if cube.values.get(cell) in numbers}


def issued_in(connection: Connection, audience: Audience, service: str) -> Issued:
    """What was issued to an audience about a service in its last eight periods."""
    return Issued()
