"""All that a procurement scenario leads to, on the examples: who may have it, that its document says what its screens say, and that bidders
are told nothing but what everybody may see."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from data_access.ledger import data_version
from data_access.procurement.files import needs_files
from data_access.procurement.reading import read_needs
from data_access.questions import Question
from data_access.released import read_released
from data_access.stores import Store, open_store
from domain.access import COMMISSIONER, Audience, Grant, OutOfReach, Reach, Role, Viewer
from domain.disclosure import Figure
from domain.formats import unmarked
from domain.look import Look
from domain.procurement.example_prices import example_offers
from domain.procurement.needs import Needs
from domain.procurement.scenario import Assumption, Bands, Scenario
from domain.selection import Selection
from domain.services import SEND
from domain.tally import Source

SCENARIO = Scenario(
    "send",
    starts=202604,
    years=2,
    assumptions=(Assumption("A duty that the examples invent", 202610, 10, 5, 15),),
    offers=example_offers(SEND, 700),
    cases_each=Decimal(12),
    bands=Bands(600, 700, 800),
    name="Our own name for it",
    note="Our own note on it",
)


@pytest.fixture(scope="module")
def store(examples_file: Path) -> Store:
    return open_store(f"sqlite:///{examples_file}", Source.EXAMPLES)


@pytest.fixture(scope="module")
def ours(store: Store) -> Needs:
    return read_needs(store, COMMISSIONER, SCENARIO, Audience.US)


@pytest.fixture(scope="module")
def theirs(store: Store) -> Needs:
    return read_needs(store, COMMISSIONER, SCENARIO, Audience.PUBLIC)


def text_of(made: bytes) -> tuple[str, set[str]]:
    """Every paragraph of a document, and every cell of its tables."""
    document = docx.Document(io.BytesIO(made))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    return "\n".join(one.text for one in document.paragraphs), cells


def test_the_document_says_what_the_screens_say(ours: Needs) -> None:
    document = next(file for file in needs_files(ours.pack, Look()) if file.name.endswith(".docx"))
    words, cells = text_of(document.make())
    assert {screen.item for screen in ours.pack.screens} == {"why", "forecast", "work", "prices", "bands"}
    for screen in ours.pack.screens:
        assert unmarked(screen.takeaway.what) in words
        for row in screen.table.rows:
            for cell in row:
                shown = "" if cell is None else cell if isinstance(cell, str) else f"{cell:,}"
                assert shown in cells, (screen.key, row)
    assert dict(ours.pack.assumptions)["Assumed"].startswith("A duty that the examples invent: 10% more")


def test_bidders_get_what_everybody_may_see_and_no_price(store: Store, ours: Needs, theirs: Needs) -> None:
    assert ours.costs
    assert not theirs.costs
    assert "prices" not in {screen.item for screen in theirs.pack.screens}
    (counted,) = read_released(
        store, [Question("referrals", ("quarter",), Selection("send"))], COMMISSIONER, Audience.PUBLIC
    )
    known = [float(one.met) for one in counted.in_order if isinstance(one, Figure)]
    assert list(theirs.outlook.history.values) == known[: len(theirs.outlook.history.values)]
    words, cells = text_of(needs_files(theirs.pack, Look())[0].make())
    everything = "\n".join((words, *cells))
    for private in ("£", "Our own", "scenario=", "years cost", "9 of 10 years"):
        assert private not in everything
    # What the council chose to name in its tender stands there.
    assert {"600", "700", "800"} <= cells


def test_nobody_without_all_prices_of_the_service_reads_it_and_no_other_audience_has_it(store: Store) -> None:
    for grant in (
        Grant(Role.VIEWER),
        Grant(Role.PRESENTER),
        Grant(Role.PROVIDER, Reach("send", "send-a")),
        Grant(Role.COMMISSIONER, Reach("housing")),
        Grant(Role.COMMISSIONER, Reach("send", "send-a")),
        Grant(Role.ADMINISTRATOR),
    ):
        for audience in (Audience.US, Audience.PUBLIC):
            with pytest.raises(OutOfReach):
                read_needs(store, Viewer("somebody", (grant,)), SCENARIO, audience)
    for audience in (Audience.PROVIDERS, Audience.with_provider("send-a")):
        with pytest.raises(ValueError, match="for the commissioning team or for everybody"):
            read_needs(store, COMMISSIONER, SCENARIO, audience)


def test_an_earlier_moment_is_read_again_as_it_was(store: Store, ours: Needs) -> None:
    version = data_version(store)
    again = read_needs(store, COMMISSIONER, SCENARIO, Audience.US, as_of=version)
    assert again.pack.screens == ours.pack.screens
    # Before the last two returns were in there was less to go on from.
    before = read_needs(store, COMMISSIONER, replace(SCENARIO, offers=()), Audience.US, as_of=version // 2)
    assert before.pack.version == version // 2
    assert len(before.outlook.history.values) < len(ours.outlook.history.values)
    # The very first moment is an earlier one too, and not now.
    first = read_needs(store, COMMISSIONER, replace(SCENARIO, offers=()), Audience.US, as_of=0)
    assert (first.pack.version, first.pack.stood, first.outlook.history.values) == (0, None, ())
    with pytest.raises(ValueError, match="as things are now"):
        read_needs(store, COMMISSIONER, SCENARIO, Audience.PUBLIC, as_of=version // 2)
