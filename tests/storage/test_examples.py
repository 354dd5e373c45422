"""The examples give the published figures again, on both databases; and a changed figure is found and named."""

import csv
import io
import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete

from data_access.__main__ import main
from data_access.examples import SAMPLE_FOLDER, build_examples, read_published
from data_access.returns import Refused
from data_access.settings import read_settings
from data_access.sources import examples_store as opened_examples
from data_access.sources import holds_examples, is_empty, opening_store, shared_store
from data_access.stores import Store, open_store, writing
from data_access.tables import published_figures as kept_figures
from data_access.verify import verify
from domain.access import COMMISSIONER
from domain.fields import case_field
from domain.kpis import catalogue
from domain.published import DOCUMENTS, CheckState, figures_file, published_figures
from domain.tally import Source
from tests.storage.figures import assert_whole, contents

Row = dict[str, str]
Command = Callable[..., tuple[int, str, str]]
PREVENTED = "ETB190"
"""Published: 387 cases in which homelessness was prevented."""


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command on a database: exit code, what it printed, and what it complained of."""

    def run(url: str, *words: object) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", url)
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def rows(printed: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(printed)))


def test_every_published_figure_is_in_one_of_its_states_and_none_differs(
    examples_url: str, command: Command
) -> None:
    code, printed, complained = command(examples_url, "verify", "--format", "csv")
    assert (code, complained) == (0, "")
    found = {row["fig_id"]: row for row in rows(printed)}
    assert list(found) == [figure.fig_id for figure in published_figures()]
    assert len(found) == len(rows(printed)) == 357
    assert {row["source"] for row in found.values()} == {source.key for source in DOCUMENTS}
    states = Counter(row["state"] for row in found.values())
    assert set(states) <= {str(state) for state in CheckState} - {str(CheckState.DIFFERS)}
    assert all(row["why"] for row in found.values() if row["state"] != str(CheckState.FROM_CASES))

    by_district = {f for f in published_figures() if any(field == "area" for field, _ in f.check.where)}
    cells = [f for f in by_district if f.measure in ("referral_route", "case_outcome")]
    assert len(cells) == 84
    assert {found[figure.fig_id]["state"] for figure in cells} == {str(CheckState.FROM_CASES)}


def test_both_databases_give_the_same_rows(examples_file: Path, examples_database: str) -> None:
    lite = open_store(f"sqlite:///{examples_file}", Source.EXAMPLES)
    big = open_store(examples_database, Source.EXAMPLES)
    assert verify(lite, COMMISSIONER) == verify(big, COMMISSIONER)
    lite.engine.dispose()
    big.engine.dispose()


def test_the_database_keeps_which_document_a_figure_stands_in(examples_store: Store) -> None:
    kept = read_published(examples_store)
    assert {figure: row["document"] for figure, row in kept.items()} == {
        figure.fig_id: figure.document for figure in published_figures()
    }


def test_documents_that_were_not_loaded_before_are_added(examples_store: Store, a_copy: Path) -> None:
    with_one_return(a_copy, "provider-b_2017-10_to_2017-12.xlsx")
    whole = read_published(examples_store)
    with writing(examples_store, COMMISSIONER) as connection:
        connection.execute(delete(kept_figures).where(kept_figures.c.document != "essex"))
    assert len(read_published(examples_store)) == 265
    assert build_examples(examples_store, a_copy) == 0
    assert read_published(examples_store) == whole


def test_prevention_rate_by_district(examples_url: str, command: Command) -> None:
    asked = ("tally", "prevention_rate", "--by", "district", "--where", "service=mentoring", "--format")
    code, printed, _ = command(examples_url, *asked, "csv")
    found = rows(printed)
    assert code == 0
    assert list(found[0]) == [
        "district", "district_label", "met", "base", "missing", "unsure", "value", "low", "high",
    ]  # fmt: skip
    assert len(found) == 15
    assert [row["district"] for row in found][-1] == "UNK"
    assert len({row["district"] for row in found[:-1] if row["district"].startswith("E0")}) == 14
    assert (sum(int(row["met"]) for row in found), sum(int(row["base"]) for row in found)) == (387, 471)
    for row in found:
        assert row["value"] == f"{int(row['met']) / int(row['base']):.6f}"
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"])

    _, as_json, _ = command(examples_url, *asked, "json")
    assert [(row["district"], row["met"]) for row in json.loads(as_json)] == [
        (row["district"], int(row["met"])) for row in found
    ]
    _, as_table, _ = command(examples_url, *asked, "table")
    assert len(as_table.splitlines()) == 16
    assert as_table.split()[:3] == ["district", "district_label", "met"]


_MENTORING = ("--where", "service=mentoring", "--format", "csv")


def test_outcomes_leave_out_live_cases_and_months_are_filled(examples_url: str, command: Command) -> None:
    _, printed, _ = command(examples_url, "tally", "outcomes", "--by", "outcome", *_MENTORING)
    found = rows(printed)
    assert [row["outcome"] for row in found] == ["PREVENTED", "UNSUCCESSFUL", "WITHDRAWN"]
    assert {row["base"] for row in found} == {"471"}
    _, printed, _ = command(
        examples_url, "tally", "referrals", "--by", "month", "--from", "2017-04", "--to", "2018-10", *_MENTORING,
    )  # fmt: skip
    months = [row["month"] for row in rows(printed) if row["month"]]
    assert (months[0], months[-1], len(months)) == ("2017-04", "2018-10", 19)
    _, printed, _ = command(examples_url, "tally", "live_cases", "--at", "2018-10", *_MENTORING)
    assert rows(printed)[0]["met"] == "69"


def test_a_figure_that_several_services_have_asks_which(examples_url: str, command: Command) -> None:
    code, _, complaint = command(examples_url, "tally", "outcomes", "--by", "outcome")
    assert code == 2
    assert "--where service=send" in complaint


def test_kpis_list_the_whole_catalogue_each_with_a_value_or_why_there_is_none(
    examples_url: str, command: Command
) -> None:
    code, printed, _ = command(examples_url, "kpis", "--period", "2018-07..2018-09", "--format", "csv")
    assert code == 0
    lines = rows(printed)
    assert {row["kpi"] for row in lines} == {one.id for one in catalogue()}
    assert len({row["kpi"] for row in lines}) == 42
    assert all(row["value"] or row["why"] for row in lines)


def test_kpis_name_their_targets(examples_url: str, command: Command) -> None:
    code, printed, _ = command(examples_url, "kpis", "--period", "2018-04..2018-06", "--format", "csv")
    assert code == 0
    found = {row["kpi"]: row for row in rows(printed)}
    assert (found["TB1"]["operator"], float(found["TB1"]["target"])) == (">=", 0.8)
    assert all(row["status"] for row in found.values())
    assert command(examples_url, "kpis", "--period", "2018-04..2018-06", "--by", "sex")[0] == 2


def test_the_examples_are_whole_and_building_them_again_adds_nothing(
    examples_store: Store, a_copy: Path
) -> None:
    assert len(assert_whole(examples_store)) == len(list((SAMPLE_FOLDER / "returns").glob("*.xlsx")))
    assert holds_examples(examples_store)
    before = contents(examples_store)
    with_one_return_each(a_copy)
    assert build_examples(examples_store, a_copy) == 0
    assert contents(examples_store) == before
    settings = read_settings(examples_store, COMMISSIONER)
    assert [len(settings.areas_of(key)) for key in ("mentoring", "send", "housing", "homelessness")] == [
        14,
        7,
        4,
        3,
    ]


@pytest.fixture
def a_copy(tmp_path: Path) -> Path:
    copy = tmp_path / "sample"
    shutil.copytree(SAMPLE_FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def with_one_return(folder: Path, name: str) -> Path:
    """Leave one return in a folder: the others are in the examples already, and reading all of them again takes a while."""
    for path in (folder / "returns").iterdir():
        if path.name != name:
            path.unlink()
    return folder / "returns" / name


def with_one_return_each(folder: Path) -> None:
    """Leave the first return of whoever sends some, each in its own form."""
    senders: set[str] = set()
    for path in sorted((folder / "returns").iterdir()):
        sender, _, _ = path.name.partition("_")
        if sender in senders:
            path.unlink()
        senders.add(sender)


def test_one_outcome_changed_in_a_return_is_found_and_named(
    a_copy: Path, examples_url: str, command: Command
) -> None:
    path = with_one_return(a_copy, "provider-b_2017-10_to_2017-12.xlsx")
    book = load_workbook(path)
    sheet = book["Cases"]
    outcomes = case_field("outcome").code_list  # each provider writes its answers in its own way
    column = next(cell.column for cell in sheet[1] if cell.value == "Outcome")
    cell = next(
        c
        for (c,) in sheet.iter_rows(2, min_col=column, max_col=column)
        if outcomes.find(str(c.value)) == "PREVENTED"
    )
    cell.value = "Withdrawn"
    book.save(path)
    assert command(examples_url, "init", "--sample", a_copy)[0] == 0
    code, printed, complained = command(examples_url, "verify", "--format", "csv")
    found = {row["fig_id"]: row for row in rows(printed)}
    assert code == 1
    assert PREVENTED in complained
    assert (found[PREVENTED]["state"], found[PREVENTED]["published"], found[PREVENTED]["ours"]) == (
        "DIFFERS", "387", "386",
    )  # fmt: skip
    assert found["ETB007"]["state"] == str(CheckState.FROM_CASES)  # referrals are as many as before


CHANGED = {
    "essex": (PREVENTED, "387", "388"),
    "norfolk": ("NOR017", "255", "256"),
    "send_factsheet": ("SEF003", "30", "28"),
}
"""A figure of each document, as printed, and changed: one building of the examples shows all three."""


def test_each_published_figure_changed_is_found_and_named_and_no_other(
    a_copy: Path, examples_file: Path, tmp_path: Path, command: Command
) -> None:
    """The figures are loaded afresh beside the cases of the examples, which have not changed."""
    url = f"sqlite:///{shutil.copy(examples_file, tmp_path / 'examples.db')}"
    with writing(open_store(url, Source.EXAMPLES), COMMISSIONER) as connection:
        connection.execute(delete(kept_figures))
    with_one_return(a_copy, "provider-b_2017-10_to_2017-12.xlsx")
    for document, (fig_id, printed, changed) in CHANGED.items():
        path = a_copy / "published" / f"figures_{document}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (place,) = (n for n, line in enumerate(lines) if line.startswith(f"{fig_id},"))
        assert lines[place].count(f",{printed},") == 1
        lines[place] = lines[place].replace(f",{printed},", f",{changed},")
        path.write_text("".join(lines), encoding="utf-8")
    assert command(url, "init", "--sample", a_copy)[0] == 0
    code, said, complained = command(url, "verify", "--format", "csv")
    different = {row["fig_id"]: row["published"] for row in rows(said) if row["state"] == "DIFFERS"}
    assert code == 1
    assert different == {fig_id: changed for fig_id, _, changed in CHANGED.values()}
    assert all(fig_id in complained for fig_id in different)


@pytest.mark.parametrize(
    "missing",
    ["settings.xlsx", "returns", *(f"published/{figures_file(source)}" for source in DOCUMENTS)],
)
def test_a_folder_that_lacks_something_is_refused_and_says_what(
    a_copy: Path, sqlite_url: str, missing: str
) -> None:
    gone = a_copy / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with pytest.raises(Refused, match=Path(missing).name):
        build_examples(open_store(sqlite_url, Source.EXAMPLES), a_copy)


def test_the_dashboard_opens_the_examples_until_a_return_is_saved(
    examples_file: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("EXAMPLES_URL", f"sqlite:///{examples_file}")
    opened_examples.cache_clear()
    try:
        assert is_empty(shared_store())
        assert (opening_store().source, shared_store().source) == (Source.EXAMPLES, Source.SHARED)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{examples_file}")
        assert (
            shared_store().source is Source.EXAMPLES
        )  # marked for good, so never taken for the council's own
    finally:
        opened_examples.cache_clear()
