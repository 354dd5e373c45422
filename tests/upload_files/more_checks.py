"""The files of the checks that look at many rows, at earlier returns or at other cases of the service; as those of `make`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from domain.drafts import KnownCases, KnownReturns, KnownRows
from domain.fields import Sheet, fields_of
from domain.periods import Period
from domain.returns import Record
from tests.upload_files.other_services import Example
from tests.upload_files.returns import (
    KNOWN,
    TODAY,
    Change,
    Sheets,
    case,
    cell,
    cover,
    later,
    without_column,
)
from tests.upload_files.right import day

WITHDRAWN = 3
"""The row of a mentoring case that ended, and of a SEND case with a certificate, that may stand many times."""
QUARTERS = (
    "2016-10..2016-12",
    "2017-01..2017-03",
    "2017-04..2017-06",
    "2017-07..2017-09",
    "2017-10..2017-12",
    "2018-01..2018-03",
)


def repeated(row: int, times: int, **also: object) -> Change:
    """A row of Cases so many times more, each with a reference of its own; `also` sets cells in all of its copies."""

    def change(sheets: Sheets) -> None:
        table = sheets["Cases"]
        labels = {f.key: f.label for f in fields_of(Sheet.CASES)}
        for number in range(times):
            copy = list(table[row - 1])
            copy[table[0].index("Case reference")] = f"C-{number + 1:03}"
            for key, value in also.items():
                copy[table[0].index(labels[key])] = value
            table.append(copy)
        cover("Number of cases", len(table) - 1)(sheets)

    return change


def in_every_row(key: str, value: object) -> Change:
    """Set a column of Cases in every row."""
    label = next(f.label for f in fields_of(Sheet.CASES) if f.key == key)

    def change(sheets: Sheets) -> None:
        for row in sheets["Cases"][1:]:
            row[sheets["Cases"][0].index(label)] = value

    return change


def knowing(*periods: str, cases: Mapping[str, Record] | None = None) -> KnownReturns:
    """Earlier returns of the mentoring provider, and the cases they have."""
    known = KnownCases(cases or {})
    return KnownReturns(
        TODAY,
        tuple(("mentoring", "provider-a", Period.parse(period)) for period in periods),
        lambda service, provider, replaced: known,
    )


def referred(counts: Mapping[str, int], **also: object) -> dict[str, Record]:
    """Cases that ended, so many referred in each period."""
    found: dict[str, Record] = {}
    for period, number in counts.items():
        start = Period.parse(period).start
        for n in range(number):
            reference = f"E-{period}-{n}"
            ended = {"outcome": "WITHDRAWN", "outcome_date": start + timedelta(days=n + 3)}
            found[reference] = {
                "case_ref": reference,
                "referral_date": start + timedelta(days=n),
                **ended,
                **also,
            }  # type: ignore[dict-item]
    return found


LIVE_BEFORE = {"TB-050": {"case_ref": "TB-050", "outcome": "LIVE", "outcome_date": None}}
ENDED_BEFORE = {"TB-003": {"case_ref": "TB-003", "outcome": "PREVENTED", "outcome_date": date(2018, 3, 1)}}
ROWS_BEFORE = KnownReturns(
    TODAY,
    find_rows=lambda service, provider, period: KnownRows(
        {Sheet.ACTIVITIES: frozenset({("a-1",), ("A-9",)}), Sheet.COMPLAINTS: frozenset({("K-1",)})}
    ),
)
ALL_SHORT = KnownReturns(TODAY, find_lengths=lambda service: {53: 300})
"""Three hundred cases of the service, and not one lasted longer than 53 days."""

MORE_PASS: tuple[Example, ...] = (
    Example(
        "neighbour_and_tenant.xlsx",
        later(cell("Satisfaction", 2, "respondent_type", "Neighbour"), kind="housing"),
        kind="housing",
    ),
    Example("ten_cases_with_one_blank_in_twenty.xlsx",
        later(repeated(WITHDRAWN, 19, repeat_case="N"), case(2, "repeat_case", "Y"))),
    Example("as_many_as_usual.xlsx", later(), "",
        knowing(*QUARTERS, cases=referred(dict(zip(QUARTERS, (4, 6, 5, 7, 5, 4), strict=True))))),
)  # fmt: skip

MORE_FAIL: tuple[Example, ...] = (
    Example(
        "lasted_more_than_a_year.xlsx",
        later(case(2, "referral_date", date(2017, 4, 3)), case(2, "entered_date", date(2017, 4, 3))),
        "length_usual",
    ),
    Example("longer_than_the_other_cases.xlsx", later(), "length_usual", ALL_SHORT),
    Example(
        "ended_on_the_day_of_referral.xlsx",
        later(case(4, "outcome", "Withdrawn"), case(4, "outcome_date", day(6, 20))),
        "lasted_a_day",
    ),
    Example(
        "entered_late.xlsx",
        later(case(2, "referral_date", date(2018, 3, 30))),
        "referral_in_period",
        knowing("2018-01..2018-03"),
    ),
    Example(
        "lacks_an_open_case.xlsx",
        later(),
        "open_cases_there",
        knowing("2018-01..2018-03", cases=LIVE_BEFORE),
    ),
    Example("open_again.xlsx", later(), "ended_cases_stay", knowing("2018-01..2018-03", cases=ENDED_BEFORE)),
    Example("lacks_an_activity_of_what_it_replaces.xlsx", later(), "replaced_rows_kept", ROWS_BEFORE),
    Example(
        "repeat_never_said.xlsx",
        later(repeated(WITHDRAWN, 10)),
        "kpi_columns_filled",
    ),
    Example(
        "no_column_of_a_kpi.xlsx",
        later(
            repeated(WITHDRAWN, 10, repeat_case="N"),
            case(2, "repeat_case", "N"),
            case(3, "repeat_case", "N"),
            without_column("Cases", "Risk at assessment"),
        ),
        "kpi_columns_filled",
    ),
    Example(
        "certificates_without_their_start.xlsx",
        later(repeated(WITHDRAWN, 10, family_decision_date=None), kind="send"),
        "deadline_starts_filled",
        kind="send",
    ),
    Example(
        "far_fewer_than_usual.xlsx",
        later(),
        "volume_usual",
        knowing(*QUARTERS, cases=referred(dict(zip(QUARTERS, (10, 12, 11, 10, 12, 11), strict=True)))),
    ),
    Example(
        "men_where_women_were.xlsx",
        later(in_every_row("repeat_case", "N"), repeated(WITHDRAWN, 25)),
        "shares_usual",
        knowing(*QUARTERS[-2:], cases=referred({QUARTERS[-2]: 20, QUARTERS[-1]: 20}, sex="F")),
    ),
    Example(
        "answer_about_an_unknown_case.xlsx",
        later(cell("Satisfaction", 2, "case_ref", "TB-099")),
        "case_of_answer_known",
    ),
    Example(
        "complaint_about_an_unknown_case.xlsx",
        later(cell("Complaints", 2, "case_ref", "TB-099")),
        "case_of_answer_known",
    ),
    Example(
        "mediation_in_resolution.xlsx",
        later(case(4, "outcome", "Mediation held"), kind="send"),
        "mediation_in_mediation",
        KNOWN,
        "send",
    ),
    Example(
        "meeting_after_the_outcome.xlsx",
        later(case(4, "outcome_date", day(5, 9)), kind="send"),
        "ends_after_meeting",
        KNOWN,
        "send",
    ),
)
