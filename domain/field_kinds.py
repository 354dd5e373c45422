"""What a column of a return is: its sheet, what a cell holds, whose it is, and the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.vocabulary import CodeList, code_list, union


class Sheet(StrEnum):
    """A sheet of a return, by its name in the workbook."""

    COVER = "Cover"
    CASES = "Cases"
    ACTIVITIES = "Activities"
    AGREEMENTS = "Agreements"
    SATISFACTION = "Satisfaction"
    COMPLAINTS = "Complaints"
    STAFF = "Staff"
    SUPPLEMENT = "Supplement"
    TOTALS = "Totals"


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    NUMBER = "number"
    QUESTION = "question of the survey"
    YES_NO = "yes or no"
    CODE = "one answer from a list"
    CODES = "one or more answers from a list"
    PROVIDER = "provider"
    AREA = "area"
    SERVICE = "service"
    TERM = "name of a measure, a breakdown or an answer"


class Owner(StrEnum):
    """Whose field it is: who may say what stands in it."""

    PROVIDER = "provider"
    COUNCIL = "council"


SEND = frozenset({"send"})
HOUSING = frozenset({"housing"})
MENTORING = frozenset({"mentoring"})
HOMELESSNESS = frozenset({"homelessness"})
EVERY_SERVICE = SEND | HOUSING | MENTORING | HOMELESSNESS


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one sheet.

    Parameters
    ----------
    key : the name in code, address, table and command line.
    label : the header in the template and on every screen.
    required : a blank cell is refused. `wanted` : a blank cell is asked about once, then accepted with a reason.
    codes : the key of the code list of a coded field.
    codes_by : the key of the code list for each service, where the answers depend on the service.
    characteristic : a personal characteristic, so breakdowns by it keep the small-number rules.
    aliases : other headers under which the column is recognised.
    """

    key: str
    label: str
    sheet: Sheet
    kind: Kind
    help: str
    services: frozenset[str] = EVERY_SERVICE
    codes: str = ""
    codes_by: tuple[tuple[str, str], ...] = ()
    required: bool = False
    wanted: bool = False
    owner: Owner = Owner.PROVIDER
    characteristic: bool = False
    aliases: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    @property
    def code_list(self) -> CodeList:
        """The answers the field accepts in any service. Raises ValueError for a field that is not coded."""
        if self.codes_by:
            return union(self.key, tuple(name for _, name in self.codes_by))
        if not self.codes:
            raise ValueError(f"{self.key} holds {self.kind}, not an answer from a list")
        return code_list(self.codes)

    def code_list_for(self, service: str) -> CodeList:
        """The answers the field accepts in one service. Raises ValueError for a field that is not coded there."""
        if not self.codes_by:
            return self.code_list
        named = dict(self.codes_by)
        if service not in named:
            raise ValueError(f"{self.key} is no field of {service}")
        return code_list(named[service])

    @property
    def coded(self) -> bool:
        """Whether the cell holds answers from a code list."""
        return bool(self.codes or self.codes_by)


def case_column(key: str, label: str, kind: Kind, help: str, **more: object) -> Field:
    """A column of the sheet Cases, or of the council's Supplement to it where the council owns it."""
    sheet = Sheet.SUPPLEMENT if more.get("owner") is Owner.COUNCIL else Sheet.CASES
    return Field(key, label, sheet, kind, help, **more)  # type: ignore[arg-type]
