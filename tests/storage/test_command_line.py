"""The command line on returns and settings: what it prints, what it leaves alone, and its exit codes."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.ledger import data_version
from data_access.settings import change_settings
from data_access.settings_workbook import read_settings_workbook, write_settings_template
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER
from domain.tally import Source
from tests.storage.figures import contents
from tests.upload_files.returns import SETTINGS, Sheets, a_return, case, cover
from tests.upload_files.right import RIGHT

Run = Callable[..., tuple[int, str, str]]
Q1 = "mentoring:provider-a:2018-04..2018-06"
PACK = ("--service", "mentoring", "--period", "2018-04..2018-06", "--for", "us", "--out", "var")
# The settings workbook names a contract by its service and provider.
HELD = replace(
    SETTINGS, contracts=tuple(replace(c, key=f"{c.service}-{c.provider}") for c in SETTINGS.contracts)
)


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the test's database; its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    def command(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def store(empty_store: Store) -> Store:
    change_settings(empty_store, lambda _: HELD, by=COMMISSIONER.signing("tests"))
    return empty_store


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook with these changes into a folder of its own."""

    def write(*changes: object, name: str = "return.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(a_return(*changes))  # type: ignore[arg-type]
        return path

    return write


def one_more_prevented(sheets: Sheets) -> None:
    """The second case was withdrawn in the first file and is prevented in the corrected one."""
    case(3, "outcome", "Prevented")(sheets)
    case(3, "risk_at_assessment", "Future risk")(sheets)


def met(run: Run, *words: object) -> list[int]:
    code, printed, _ = run("tally", "preventions", "--format", "csv", *words)
    assert code == 0
    return [int(row["met"]) for row in rows(printed)]


def test_load_correct_and_withdraw_and_every_moment_comes_back(
    store: Store, run: Run, send: Callable[..., Path]
) -> None:
    code, said, _ = run("load", send(), "--user", "ann")
    assert (code, said.strip().endswith(f"saved as {Q1}:1")) == (0, True)
    code, said, _ = run("load", send(one_more_prevented), "--user", "ann")
    assert (code, said.strip().endswith(f"saved as {Q1}:2")) == (0, True)
    code, said, _ = run("withdraw", f"{Q1}:2", "--user", "ben", "--why", "wrong file")
    assert (code, said.strip()) == (0, f"{Q1}:2 is withdrawn.")
    _, printed, _ = run("audit", "--act", "withdrew", "--format", "json")
    assert [row["person"] for row in json.loads(printed)] == ["ben, command line"]
    assert [met(run, "--as-of", seq) for seq in (1, 2, 3, 4)] == [[0], [1], [2], [1]]
    assert met(run) == [1]

    _, printed, _ = run("returns", "--format", "csv")
    assert [(row["id"], row["state"], row["withdrawn_why"]) for row in rows(printed)] == [
        (f"{Q1}:1", "current", ""),
        (f"{Q1}:2", "withdrawn", "wrong file"),
    ]
    _, printed, _ = run("history", f"{Q1}:1", "--format", "json")
    assert [(act["seq"], act["who"], act["kind"]) for act in json.loads(printed)] == [
        (2, "ann", "return accepted"),
        (3, "ann", "return accepted"),
        (4, "ben", "return withdrawn"),
    ]


def test_the_same_bytes_twice_change_nothing_and_say_so(
    store: Store, run: Run, send: Callable[..., Path]
) -> None:
    run("load", send(), "--user", "ann")
    before = contents(store)
    code, said, _ = run("load", send(name="again.xlsx"), "--user", "ben")
    assert code == 0
    assert "unchanged" in said
    assert f"{Q1}:1" in said
    assert contents(store) == before


def test_warnings_need_a_reason_and_the_reason_is_kept(
    store: Store, run: Run, send: Callable[..., Path]
) -> None:
    doubtful = send(cover("Number of cases", 4))
    before = contents(store)
    code, said, complained = run("load", doubtful, "--user", "ann")
    assert (code, said) == (1, "")
    assert "--accept-warnings" in complained
    assert contents(store) == before
    code, _, _ = run("load", doubtful, "--user", "ann", "--accept-warnings", "counted by hand")
    assert code == 0
    assert rows(run("returns", "--format", "csv")[1])[0]["reason"] == "counted by hand"


def test_a_faulty_return_saves_nothing_and_the_good_one_beside_it_is_saved(
    store: Store, run: Run, send: Callable[..., Path]
) -> None:
    wrong = send(case(2, "area", "Atlantis"), name="wrong.xlsx")
    code, said, complained = run("load", wrong, send(), "--user", "ann", "--accept-warnings", "yes")
    assert code == 1
    assert f"saved as {Q1}:1" in said
    assert "nothing saved" in complained
    assert data_version(store) == 2


def test_check_lists_every_problem_at_its_cell_and_saves_nothing(
    store: Store, run: Run, send: Callable[..., Path]
) -> None:
    before = contents(store)
    code, printed, _ = run("check", send(case(2, "area", "Atlantis")), "--format", "csv")
    assert code == 1
    found = [row for row in rows(printed) if "Atlantis" in row["found"]]
    assert [(row["file"], row["sheet"], row["row"], row["level"] != "") for row in found] == [
        ("return.xlsx", "Cases", "2", True)
    ]
    assert all(found[0][column] for column in ("column", "check", "wanted", "repair"))
    assert run("check", send())[0] == 0
    assert contents(store) == before


def test_what_a_file_says_is_no_formula_in_the_table_of_its_problems(
    store: Store, run: Run, send: Callable[..., Path]
) -> None:
    def a_strange_column(sheets: Sheets) -> None:
        for row, text in zip(sheets["Cases"], ("@SUM(A1)", *"xyz"), strict=False):
            row.append(text)

    _, printed, _ = run("check", send(a_strange_column, name="+1.xlsx"), "--format", "csv")
    (found,) = [row for row in rows(printed) if "SUM" in row["column"]]
    assert (found["file"], found["column"]) == ("'+1.xlsx", "'@SUM(A1)")


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("tally", "no_such_measure"), 2, "no_such_measure"),
        (("tally", "referrals", "--where", "service=mentoring", "--by", "shoe_size"), 2, "shoe_size"),
        (("tally", "referrals", "--where", "service=mentoring", "--where", "district=Atlantis"), 2, "Atlantis"),
        (("tally", "referrals", "--where", "service=mentoring", "--from", "2018-13"), 2, "2018-13"),
        (("tally", "referrals", "--where", "service=send", "--from", "2018-06", "--to", "2018-04"), 2, "before"),
        (("tally", "referrals", "--where", "service=send", "--at", "2018-06"), 2, "--from"),
        (("tally", "live_cases", "--where", "service=send", "--to", "2018-06"), 2, "--at"),
        (("tally", "referrals", "--where", "service=send", "--where", "shoe_size=9"), 2, "limited by"),
        (("tally", "referrals", "--where", "service=send", "--as-of", "99"), 2, "no act 99"),
        (("kpis", "--period", "2018-04..2018-06", "--as-of", "99"), 2, "no act 99"),
        (("kpis", "--period", "2018-06..2018-04"), 2, "before it starts"),
        (("tally", "referrals", "--where", "service=send", "--for", "provider:nobody"), 2, "no provider 'nobody'"),
        (("tally", "referrals", "--where", "service=send", "--for", "everybody"), 2, "not an audience"),
        (("forecast", "prevention_rate", "--by", "quarter", "--horizon", "4"), 2, "only counts are carried forward"),
        (("forecast", "completed_cases", "--by", "quarter", "--horizon", "4"), 2, "Carry 'referrals' forward instead"),
        (("forecast", "referrals", "--by", "quarter", "--horizon", "0", "--where", "service=send"), 2, "not 0"),
        (("forecast", "referrals", "--by", "quarter", "--horizon", "4", "--where", "service=send"), 1, "No return"),
        (("forecast", "referrals", "--by", "quarter", "--horizon", "4", "--where", "service=send", "--published"), 2, "by financial_year"),
        (
            ("forecast", "referrals", "--by", "financial_year", "--horizon", "1", "--where", "service=send", "--published", "--as-of", "1"),
            2,
            "does not go with --as-of",
        ),
        (("pack", "--service", "mentoring", "--out", "var"), 2, "--period, --for"),
        (("pack", "--meeting", "1", "--for", "us", "--out", "var"), 2, "--meeting goes alone"),
        (("pack", "--meeting", "7", "--out", "var"), 1, "no meeting 7"),
        (("pack", *PACK, "--provider", "nobody"), 2, "no provider of Homelessness-prevention mentoring"),
        (("pack", *PACK, "--area", "Atlantis"), 2, "'Atlantis' is no area"),
        (("load", "missing.xlsx", "--user", "ann"), 2, "missing.xlsx"),
        (("load", "missing.xlsx"), 2, "--user"),
        (("nonsense",), 2, "nonsense"),
        (("withdraw", f"{Q1}:1", "--user", "ann", "--why", "wrong"), 1, "no return"),
        (("history", f"{Q1}:1"), 1, "no return"),
        (("verify",), 1, "published figures"),
    ],
)  # fmt: skip
def test_wrong_words_are_2_and_a_refusal_is_1(
    store: Store, run: Run, words: Sequence[str], code: int, complaint: str
) -> None:
    before = contents(store)
    given, _, complained = run(*words)
    assert (given, complaint in complained) == (code, True), complained
    assert contents(store) == before


def test_a_database_without_tables_is_named_with_the_command_that_makes_them(run: Run) -> None:
    code, _, complained = run("tally", "referrals")
    assert code == 2
    assert "data_access init" in complained


def test_init_twice_is_harmless(run: Run, database_url: str) -> None:
    assert run("init")[0] == 0
    held = open_store(database_url, Source.SHARED)
    before = contents(held)
    assert run("init")[0] == 0
    assert contents(held) == before
    held.engine.dispose()


def test_settings_written_and_loaded_again_differ_in_nothing(store: Store, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "settings.xlsx"
    assert run("settings", "template", path)[0] == 0
    read = read_settings_workbook(path.name, path.read_bytes())
    assert read.settings == HELD
    before = contents(store)
    code, said, _ = run("settings", "load", path)
    assert (code, "Nothing differs" in said) == (0, True)
    assert contents(store) == before
    path.write_bytes(b"no workbook")
    code, _, complained = run("settings", "load", path)
    assert (code, complained != "") == (1, True)
    assert contents(store) == before


def test_settings_that_leave_out_what_a_return_rests_on_are_not_loaded(
    store: Store, run: Run, send: Callable[..., Path], tmp_path: Path
) -> None:
    assert run("load", send(), "--user", "ann")[0] == 0
    path, before = tmp_path / "settings.xlsx", contents(store)
    with path.open("wb") as out:
        write_settings_template(out, replace(HELD, contracts=()))
    code, _, complained = run("settings", "load", path)
    assert (code, "would no longer cover" in complained) == (1, True)
    assert contents(store) == before


def test_the_blank_return_is_written_and_read_back_as_nothing_to_check(
    store: Store, run: Run, tmp_path: Path
) -> None:
    for what in ("send", "housing", "mentoring", "homelessness", "send-supplement"):
        assert run("template", what, tmp_path / f"{what}.xlsx")[0] == 0
        assert (tmp_path / f"{what}.xlsx").stat().st_size > 5_000
    for what in ("gardening", "housing-supplement"):
        assert run("template", what, tmp_path / f"{what}.xlsx")[0] == 2
        assert not (tmp_path / f"{what}.xlsx").exists()


def test_a_return_filled_from_the_last_one_is_written_checked_and_loaded(
    store: Store, run: Run, send: Callable[..., Path], tmp_path: Path
) -> None:
    assert run("load", send(), "--user", "ann")[0] == 0
    path = tmp_path / "next.xlsx"
    code, said, _ = run(
        "template", "mentoring", path, "--provider", "provider-a", "--period", "2018-07..2018-09"
    )
    assert (code, "filled in for" in said) == (0, True)
    assert run("check", path)[0] == 0
    assert run("template", "mentoring", tmp_path / "none.xlsx", "--period", "2018-07..2018-09")[0] == 2
    assert not (tmp_path / "none.xlsx").exists()


def test_returns_of_every_service_and_the_supplement_are_checked_and_loaded(
    store: Store, run: Run, tmp_path: Path
) -> None:
    paths = {}
    for kind in RIGHT:
        paths[kind] = tmp_path / f"{kind}.xlsx"
        paths[kind].write_bytes(a_return(kind=kind))
    code, printed, _ = run("check", *paths.values(), "--format", "csv")
    assert (code, [(row["check"], row["sheet"]) for row in rows(printed)]) == (0, [("V11", "Supplement")])
    for kind, (service, provider, _) in RIGHT.items():
        code, said, _ = run("load", paths[kind], "--user", "ann")
        assert (code, said.strip().endswith(f"saved as {service}:{provider}:2018-04..2018-06:1")) == (0, True)


def test_the_module_runs_as_a_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "data_access", "measures", "--format", "csv"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"referrals", "outcomes", "reasons", "prevention_rate"} <= {
        row["key"] for row in rows(ended.stdout)
    }
    with pytest.raises(SystemExit):
        main(["forecast"])
