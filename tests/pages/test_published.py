"""The Published figures page: every printed figure with what `verify` says of it, and every finding, from the examples alone."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.published_parts import STATES, heading
from data_access.returns import save_return
from data_access.settings import change_settings
from data_access.stores import Store
from data_access.verify import hold_figures, verify
from domain.access import COMMISSIONER
from domain.findings import findings_of
from domain.published import DOCUMENTS, CheckState, published_figures
from tests.builders import a_case, a_return, some_settings
from tests.pages.opening import heading as title_of
from tests.pages.opening import words_on
from tests.pages.test_reading_pages import NEVER_ON_SCREEN

Open = Callable[..., AppTest]
KEYS = [source.key for source in DOCUMENTS]
SAME = (CheckState.FROM_CASES, CheckState.UNDER_ASSUMPTION)


def lines(app: AppTest) -> list[list[str]]:
    """Every row of the tables of figures, from top to bottom, without the marks that keep Markdown from reading them."""
    return [
        [str(cell).replace("\\", "") for cell in row] for table in app.table for row in table.value.to_numpy()
    ]


def plain(number: str) -> str:
    """A number without the comma between its thousands, and any other text as it is."""
    return number.replace(",", "")


def in_page_order(key: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of `verify` on one document, gathered under its headings as the page does."""
    held = {row["fig_id"]: row for row in rows}
    headings: dict[str, list[dict[str, str]]] = {}
    for figure in published_figures(key):
        headings.setdefault(heading(figure), []).append(held[figure.fig_id])
    return [row for group in headings.values() for row in group]


@pytest.mark.parametrize("key", KEYS)
def test_the_page_says_line_by_line_what_verify_says(key: str, opened: Open, examples: Store) -> None:
    app = opened("published.py", examples, source=key)
    assert not app.exception
    wanted = in_page_order(key, verify(examples, COMMISSIONER))
    shown = lines(app)
    said = words_on(app).casefold()
    assert len(shown) == len(wanted) == len(published_figures(key))
    for (name, published, ours, state), row in zip(shown, wanted, strict=True):
        assert name, row
        assert (plain(row["published"]) or "not printed") in plain(published), row
        assert plain(row["ours"]) in plain(ours), row
        assert bool(row["ours"]) == (ours != "–"), row
        words = STATES[CheckState(row["state"])]
        assert state.startswith(words) or (state.startswith("✓ As printed") and row["ours"]), row
        assert row["why"].casefold() in said, row


@pytest.mark.parametrize("key", KEYS)
def test_no_figure_differs_without_a_reason(key: str, examples: Store) -> None:
    assert [
        h for h in hold_figures(examples, COMMISSIONER, key) if h.verdict.state is CheckState.DIFFERS
    ] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_finding_of_the_document_stands_on_its_page(key: str, opened: Open, examples: Store) -> None:
    said = words_on(opened("published.py", examples, source=key))
    for found in findings_of(key):
        assert f"{found.id}, {found.severity}." in said
        assert found.finding in said
        assert found.dashboard[1:] in said
    assert not NEVER_ON_SCREEN.findall(said)


def test_the_title_counts_what_comes_out_again(opened: Open, examples: Store) -> None:
    same = sum(held.verdict.state in SAME for held in hold_figures(examples, COMMISSIONER, "essex"))
    app = opened("published.py", examples, source="essex")
    assert title_of(app) == f"{same} of 265 printed figures come out again from the example cases"
    assert "9 cannot be worked out from a return" in words_on(app)
    assert title_of(opened("published.py", examples, source="send_factsheet")) == (
        "8 printed figures, none of them a count of cases"
    )


def test_only_what_does_not_come_out_again_can_be_shown(opened: Open, examples: Store) -> None:
    app = opened("published.py", examples, source="essex", show="others")
    rest = [held for held in hold_figures(examples, COMMISSIONER, "essex") if held.verdict.state not in SAME]
    assert len(lines(app)) == len(rest)
    assert not any("The same" in state for *_, state in lines(app))


def test_a_database_with_real_returns_shows_the_examples_and_says_so(
    opened: Open, shared: Store, examples: Store
) -> None:
    change_settings(shared, lambda _: some_settings(), by=COMMISSIONER.signing("test"))
    save_return(shared, a_return(cases=[a_case()]), by=COMMISSIONER.signing("test"))
    here = opened("published.py", shared, source="essex")
    assert not here.exception
    assert lines(here) == lines(opened("published.py", examples, source="essex"))
    assert "never from returns that you have saved" in words_on(here)


def test_a_file_that_is_looked_at_does_not_change_the_page(
    opened: Open, one_case: Store, examples: Store
) -> None:
    assert lines(opened("published.py", one_case, source="norfolk")) == lines(
        opened("published.py", examples, source="norfolk")
    )
