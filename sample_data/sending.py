"""What one provider sends for one period, whatever the service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from domain.fields import Sheet, fields_of
from domain.periods import Period
from domain.returns import Record, Value

COUNCIL_SHEETS = frozenset({"Supplement"})
"""Sheets that only a council's own return has, by name."""
DAYS_TO_SEND = 14


@dataclass(frozen=True, slots=True)
class Sending:
    """One example return.

    Parameters
    ----------
    provider, service : keys. period : the whole months it covers.
    file_name : as its sender would name it; see ``file_name_of``.
    cover : field key to value. sheets : the rows of each further sheet that the workbook has, by field key.
    as_codes : its staff type codes; otherwise they type what a person reads. Both are accepted.
    spellings : other accepted spellings that its staff use: label to what they type.
    """

    provider: str
    service: str
    period: Period
    file_name: str
    cover: Mapping[str, Value]
    sheets: Mapping[Sheet, Sequence[Record]]
    as_codes: bool = False
    spellings: Mapping[str, str] = field(default_factory=dict)


def file_name_of(provider: str, period: Period) -> str:
    """As the provider would name its file: 'provider-a_2017-04_to_2017-06.xlsx'."""
    return f"{provider}_{period.key.replace('..', '_to_')}.xlsx"


def cover_of(service: str, label: str, council: str, period: Period) -> dict[str, Value]:
    """Give what every cover says; the control totals are the sender's to add."""
    return {
        "service": service,
        "provider": label,
        "area_authority": council,
        "period_start": period.start,
        "period_end": period.end,
        "submitted_by_role": "Contract manager",
        "submitted_on": period.end + timedelta(DAYS_TO_SEND),
        "nil_return": "N",
    }


def all_sheets(service: str, rows: Mapping[Sheet, Sequence[Record]]) -> dict[Sheet, Sequence[Record]]:
    """Give every sheet that a provider's return of the service has, in order; those without rows are blank."""
    return {
        sheet: rows.get(sheet, ())
        for sheet in Sheet
        if sheet not in (Sheet.COVER, Sheet.TOTALS)
        and sheet.value not in COUNCIL_SHEETS
        and fields_of(sheet, service)
    }
