"""The history a forecast goes on from, read from the examples, and the forecast on the command line."""

import csv
import io

import pytest

from data_access.__main__ import main
from data_access.procurement.history import read_history
from data_access.returns import list_returns, withdraw_return
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience
from domain.selection import Selection

MENTORS, SEND = Selection("mentoring"), Selection("send")


def test_only_complete_periods_in_a_row_are_gone_on_from(examples_store: Store) -> None:
    def read(selection: Selection, grouping: str, audience: Audience = Audience.US):
        return read_history(examples_store, COMMISSIONER, audience, selection, grouping)

    years = read(SEND, "financial_year")
    assert (years.values, years.first, years.expected) == ((195, 271, 429, 598, 636), 202004, ())
    assert years.example.startswith("Example data")
    # The months that late cases are still added to are what they will come to for us; others get no estimate.
    months = read(MENTORS, "month")
    assert (months.first, len(months.values), months.expected) == (201704, 19, (17, 18))
    assert months.values[:3] == (1, 16, 24)
    assert months.values[18] > 23
    quarters = read(MENTORS, "quarter")
    assert quarters.values[:5] == (41, 82, 86, 100, 107)
    assert (quarters.expected, quarters.span) == ((5,), "Apr 2017 to Sep 2018")
    public = read(MENTORS, "month", Audience.PUBLIC)
    assert (public.grouping, public.values) == ("quarter", (41, 82, 86, 100, 107))
    assert "late cases are still being entered" in public.left_out[0]
    # Of some answers alone no estimate is made either: they come in at another pace.
    assert read(MENTORS.only("sex", "F"), "month").expected == ()
    # A quarter that the months chosen cut is none.
    cut = read(Selection("send", first=202105, last=202408), "quarter")
    assert (cut.first, cut.span) == (202107, "Jul 2021 to Jun 2024")
    assert len(cut.left_out) >= 2
    shut = read(Selection("send", areas=("X-ASHBY",)), "quarter", Audience.PUBLIC)
    assert (shut.values, len(shut.left_out)) == ((), 1)
    with pytest.raises(ValueError, match="calendar_year"):
        read(SEND, "calendar_year")

    (gone,) = [one for one in list_returns(examples_store, COMMISSIONER)
               if (one.service, one.period.key, one.state) == ("send", "2021-07..2021-09", "current")]  # fmt: skip
    withdraw_return(examples_store, gone.id, by=COMMISSIONER.signing("test"), why="to leave a gap")
    after = read(SEND, "quarter")
    assert (after.first, after.values[0], after.values[-1]) == (202110, 72, 180)
    assert any("Jul-Sep 2021" in said and "what came before" in said for said in after.left_out)


def test_the_forecast_is_printed_from_the_document_and_from_the_cases_alike(
    examples_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", examples_url)
    asked = [
        "forecast",
        "referrals",
        "--by",
        "financial_year",
        "--horizon",
        "1",
        "--where",
        "service=send",
        "--format",
        "csv",
    ]
    printed = []
    for more in (["--published"], [], ["--for", "public"]):
        assert main([*asked, *more]) == 0
        shown = capsys.readouterr()
        printed.append(list(csv.DictReader(io.StringIO(shown.out))))
        assert "Scenario, not validated" in shown.err
    (row,) = printed[0]
    assert row == {
        "period": "2025-26", "low95": "520", "low80": "630", "expected": "746", "high80": "863", "high95": "972",
        "method": "drift", "validated": "no",
    }  # fmt: skip
    assert printed == [[row]] * 3
    assert main([*asked[:3], "quarter", "--horizon", "5", "--where", "service=send", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [one["validated"] for one in rows] == ["yes"] * 4 + ["no"]
    assert main([*asked[:3], "financial_year", "--horizon", "1", "--where", "service=housing"]) == 1
    assert "3 complete periods or more are needed, there are 1" in capsys.readouterr().err
