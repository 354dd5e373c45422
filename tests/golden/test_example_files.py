"""The example workbooks of all services: every one that is expected, and always the same."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from domain.fields import Sheet
from domain.periods import Period
from domain.published import CheckState, PublishedCheck, PublishedFigure, published_figures
from domain.verification import Answer, compare
from sample_data.homelessness import settings as homelessness
from sample_data.housing import settings as housing
from sample_data.housing.sending import NEVER_SENT
from sample_data.make import PUBLISHED, RETURNS, copy_published
from sample_data.mentoring import settings as mentoring
from sample_data.send import settings as send
from sample_data.settings import example_settings
from tests.golden.norfolk_answers import answering
from tests.golden.sent_returns import SentReturn, read_folder

LAST_DAYS = {module.SERVICE: module.LAST_DAY for module in (mentoring, send, housing, homelessness)}


@pytest.fixture(scope="module")
def returns() -> list[SentReturn]:
    return read_folder(RETURNS)


@pytest.fixture(scope="module")
def norfolk(returns: list[SentReturn]) -> Callable[[PublishedCheck], Answer]:
    return answering(sent for sent in returns if sent.service == "send")


def test_there_is_a_return_of_every_provider_for_every_expected_period(returns: list[SentReturn]) -> None:
    settings = example_settings()
    expected = {(c.provider, p) for c in settings.contracts for p in c.expected_periods(LAST_DAYS[c.service])}
    expected -= {(provider, Period.parse(key)) for provider, key in NEVER_SENT}
    found = {(settings.find_provider(str(sent.cover["provider"])), sent.period) for sent in returns}
    assert {(provider, period) for provider, period in found if provider} == expected
    assert len(found) == len(expected) + 4, "the council's supplements have no provider of their own"


Part = tuple[object, ...]


def parts(path: Path) -> list[Part]:
    """All that an archive says of its parts, and what they hold.

    Not how tightly they are packed: that depends on the machine's compression library.
    """
    with zipfile.ZipFile(path) as archive:
        return [
            (one.filename, one.date_time, one.compress_type, one.create_system, one.create_version, one.flag_bits,
             one.internal_attr, one.external_attr, one.extra, one.comment, archive.read(one))
            for one in archive.infolist()
        ]  # fmt: skip


def test_the_kept_workbooks_are_what_the_program_makes_wherever_it_is_run(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "sample_data.make", str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    made = {path.name: path for path in (tmp_path / "returns").iterdir()}
    kept = {path.name: path for path in RETURNS.glob("*.xlsx")}
    assert made.keys() == kept.keys()
    for name, path in made.items():
        assert parts(path) == parts(kept[name]), name


def test_the_kept_published_figures_are_the_ones_that_the_dashboard_holds(tmp_path: Path) -> None:
    copied = {path.name: path.read_bytes() for path in copy_published(tmp_path)}
    assert len(copied) == 5
    assert copied == {path.name: path.read_bytes() for path in PUBLISHED.glob("*.csv")}


def test_control_totals_are_right_in_every_return(returns: list[SentReturn]) -> None:
    totals = {
        "cases_n": Sheet.CASES,
        "activities_n": Sheet.ACTIVITIES,
        "answers_n": Sheet.SATISFACTION,
        "complaints_n": Sheet.COMPLAINTS,
    }
    said = 0
    for sent in returns:
        for key, sheet in totals.items():
            if sent.cover.get(key) is not None:
                said += 1
                assert sent.cover[key] == len(sent.sheets[sheet]), (sent.path.name, key)
    assert said > 100


@pytest.mark.parametrize("figure", published_figures("norfolk"), ids=lambda figure: figure.fig_id)
def test_a_published_figure_of_norfolk_turns_out_as_its_check_says(
    figure: PublishedFigure, norfolk: Callable[[PublishedCheck], Answer]
) -> None:
    verdict = compare(figure, norfolk)
    assert verdict.state is figure.check.state, verdict


def test_one_referral_more_is_noticed(returns: list[SentReturn]) -> None:
    sent = deepcopy([each for each in returns if each.service == "send"])
    sent[-1].cases.append({**sent[-1].cases[-1], "case_ref": "MDR-9999", "reason": ("RTA",)})
    changed = answering(sent)
    differ = {
        f.fig_id for f in published_figures("norfolk") if compare(f, changed).state is CheckState.DIFFERS
    }
    assert "NOR005" in differ
