"""A published table sent as totals: the very columns of the published figures give the printed counts and shares again."""

from __future__ import annotations

import csv
import io
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from openpyxl import Workbook

from data_access.intake import examine
from data_access.questions import Question
from data_access.returns import known_returns, save_return
from data_access.schema import create_at_once
from data_access.settings import change_settings
from data_access.stores import open_store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER
from domain.periods import Period, PeriodKind
from domain.selection import Selection
from domain.settings import Contract, Provider, Settings, SurveyQuestion
from domain.tally import Source, Tally
from domain.vocabulary import code_list

YEAR = Period.parse("2024-01..2024-12")
MEASURES = {
    "referral_outcomes": "outcomes",
    "main_send_need": "needs",
    "satisfaction_positive": "satisfaction_positive",
}
"""What the document calls our measures."""
START = date(2024, 1, 1)
SETTINGS = Settings(
    council="Example council",
    providers=(Provider("provider-d", "Example provider D"),),
    contracts=(Contract("d", "send", "provider-d", START, reporting=((START, PeriodKind.CUMULATIVE),)),),
    questions=tuple(
        SurveyQuestion(
            "send", code.key, code.label, "useful" if code.key == "Q10" else "agree", n, "provider-d"
        )
        for n, code in enumerate(code_list("survey_question_norfolk").entries)
    ),
)


def printed() -> list[dict[str, str]]:
    """Norfolk's figures of 2024, and those without a period."""
    text = resources.files("domain").joinpath("published/figures_norfolk.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["measure"] in MEASURES]
    return [row for row in rows if row["period_start"] in ("", "2024-01-01")]


def workbook() -> bytes:
    """The printed rows under their own headers; one without a count gives its percentage."""
    book = Workbook()
    cover = book.active
    cover.title = "Cover"
    for line in (
        ("Service", "SEND mediation"), ("Provider", "Example provider D"), ("Period start", YEAR.start),
        ("Period end", YEAR.end), ("Nil return", "N"),
    ):  # fmt: skip
        cover.append(line)
    page = book.create_sheet("Totals")
    headers = (
        "measure",
        "breakdown",
        "category",
        "count",
        "denominator",
        "unit",
        "period_start",
        "period_end",
    )
    page.append(headers)
    for row in printed():
        percent = {} if row["count"] else {"count": row["percent_as_published"], "unit": "percent"}
        # One question is printed with a remark on the two answers that count as positive.
        category = row["category"].replace("? (useful and extremely useful)", "?")
        values = row | percent | {"measure": MEASURES[row["measure"]], "category": category}
        page.append([int(values[h]) if values[h].isdigit() else values[h] or None for h in headers])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def figures(tmp_path: Path):  # type: ignore[no-untyped-def]
    store = open_store(f"sqlite:///{tmp_path / 'dashboard.db'}", Source.SHARED)
    create_at_once(store)
    change_settings(store, lambda _: SETTINGS, by=COMMISSIONER.signing("test"))
    found = examine(
        "norfolk.xlsx", workbook(), SETTINGS, known_returns(store, COMMISSIONER, date(2025, 7, 1))
    )
    assert [p.sentence for p in (*found.must_fix, *found.to_confirm)] == []
    assert found.accepted is not None
    assert found.accepted.is_totals
    save_return(store, found.accepted, by=COMMISSIONER.signing("test"))

    def asked(measure: str, *by: str) -> Tally:
        return read_tally(store, Question(measure, by, Selection("send").during(YEAR)), COMMISSIONER)

    yield asked
    store.engine.dispose()


def test_the_printed_counts_come_out_again(figures) -> None:  # type: ignore[no-untyped-def]
    for measure, field, total in (("outcomes", "outcome", 630), ("needs", "sen_need", 713)):
        tally = figures(measure, field)
        assert tally.not_given == ()
        wanted = [
            int(r["count"]) for r in printed() if MEASURES[r["measure"]] == measure and r["count"] != "0"
        ]
        assert sorted(row.met for row in tally.rows if row.met) == sorted(wanted)
        assert {row.base for row in tally.rows} == {total}
        assert sum(row.met for row in tally.rows) == total
    held = figures("outcomes", "outcome")
    (mediation,) = [row for row in held.rows if row.keys == ("MED_HELD",)]
    assert (mediation.met, mediation.base, round(mediation.value, 3)) == (270, 630, 0.429)
    assert mediation.low < 0.429 < mediation.high


def test_the_printed_percentages_come_out_again(figures) -> None:  # type: ignore[no-untyped-def]
    tally = figures("satisfaction_positive", "question_code")
    wanted = [int(r["percent_as_published"]) for r in printed() if r["measure"] == "satisfaction_positive"]
    assert [round(100 * row.value) for row in tally.rows] == wanted
    assert {row.base for row in tally.rows} == {92}


def test_what_the_document_does_not_print_is_not_given(figures) -> None:  # type: ignore[no-untyped-def]
    for measure, by in (
        ("referrals", ()),
        ("outcomes", ("month",)),
        ("median_days_to_outcome", ()),
        ("held", ()),
    ):
        tally = figures(measure, *by)
        assert tally.not_given == ("Example provider D",)
        assert not any(row.met for row in tally.rows)
