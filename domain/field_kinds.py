"""What a column of a return is: its sheet, what a cell holds, whose it is, and the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.vocabulary import CodeList, code_list


class Sheet(StrEnum):
    """A sheet of a return, by its name in the workbook."""

    COVER = "Cover"
    CASES = "Cases"
    ACTIVITIES = "Activities"


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    YES_NO = "yes or no"
    CODE = "one answer from a list"
    CODES = "one or more answers from a list"
    PROVIDER = "provider"
    AREA = "area"
    SERVICE = "service"


class Owner(StrEnum):
    """Whose field it is: who may say what stands in it."""

    PROVIDER = "provider"
    COUNCIL = "council"


MENTORING = frozenset({"mentoring"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one sheet.

    Parameters
    ----------
    key : the name in code, address, table and command line.
    label : the header in the template and on every screen.
    required : a blank cell is refused. `wanted` : a blank cell is asked about once, then accepted with a reason.
    codes : the key of the code list of a coded field.
    characteristic : a personal characteristic, so breakdowns by it keep the small-number rules.
    aliases : other headers under which the column is recognised.
    """

    key: str
    label: str
    sheet: Sheet
    kind: Kind
    help: str
    services: frozenset[str] = MENTORING
    codes: str = ""
    required: bool = False
    wanted: bool = False
    owner: Owner = Owner.PROVIDER
    characteristic: bool = False
    aliases: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    @property
    def code_list(self) -> CodeList:
        """The answers the field accepts. Raises ValueError for a field that is not coded."""
        if not self.codes:
            raise ValueError(f"{self.key} holds {self.kind}, not an answer from a list")
        return code_list(self.codes)

    @property
    def coded(self) -> bool:
        """Whether the cell holds answers from a code list."""
        return bool(self.codes)
