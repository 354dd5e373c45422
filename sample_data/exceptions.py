"""The agreed exceptions of the examples: invented, a handful, of every kind that the page shows."""

from __future__ import annotations

import csv
import io
from datetime import date

from data_access.exceptions_file import COLUMNS
from sample_data.housing.settings import PROVIDER_LABELS as HOUSING
from sample_data.send.settings import PROVIDER as SEND

_A, _B = list(HOUSING)[:2]
_MANAGER, _OFFICER = "SEND commissioning manager", "Housing contract officer"

EXCEPTIONS: tuple[tuple[str, str, str, str, str, date], ...] = (
    (SEND, "MDR-1294", "SM1b", "SCHOOL_UNAVAIL", _MANAGER, date(2024, 1, 22)),
    (SEND, "MDR-1335", "SM1b", "SCHOOL_HOL", _MANAGER, date(2024, 2, 27)),
    (SEND, "MDR-1587", "SM1b", "SCHOOL_UNAVAIL", _MANAGER, date(2024, 7, 16)),
    # The council cancelled twice.
    (SEND, "MDR-1157", "SM1b", "LA_UNAVAIL", _MANAGER, date(2023, 11, 10)),
    (SEND, "MDR-1157", "SM1b", "LA_UNAVAIL", _MANAGER, date(2023, 11, 24)),
    (SEND, "MDR-1145", "SM1b", "PROVIDER_UNAVAIL", _MANAGER, date(2023, 11, 15)),
    (SEND, "MDR-1102", "SM1b", "ICB_UNAVAIL", _MANAGER, date(2023, 9, 22)),
    (_B, "HB-0521", "HM2", "LATER_DATE", _OFFICER, date(2024, 12, 4)),
    (_A, "HA-0086", "HM5", "UNRELATED_DISPUTE", _OFFICER, date(2023, 10, 20)),
)
"""Provider, case, KPI, reason, who agreed it and when; who caused it follows from the reason."""


def exceptions_csv() -> bytes:
    """The list of exceptions as a council would upload it."""
    written = io.StringIO()
    write = csv.writer(written, lineterminator="\r\n")
    write.writerow([column.label for column in COLUMNS])
    for provider, case_ref, kpi, reason, agreed_by, agreed_on in EXCEPTIONS:
        write.writerow([provider, case_ref, kpi, reason, "", agreed_by, f"{agreed_on:%d/%m/%Y}", ""])
    return written.getvalue().encode("utf-8")
