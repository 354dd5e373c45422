"""Whatever roles somebody has, every measure holds exactly the rows within their reach: those, counted in plain Python, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tallies
from domain.access import Duty, Grant, OutOfReach, Reach, Role, Viewer
from domain.dimensions import check_grouping
from domain.measures import Count, Measure, Share, Stock, measures_of
from domain.returns import Return
from domain.selection import Selection
from domain.services import SERVICES
from tests.builders import HILL, NORTH, SHORE, SOUTH, VALE
from tests.oracles import plain
from tests.oracles.emptied import both_stores, fill
from tests.oracles.generated import some_returns
from tests.oracles.plain_formulas import STOCKS
from tests.oracles.test_measures import same

KEYS = [service.key for service in SERVICES]
BY = ("provider", "area")
AT = 201810
EXAMPLES = {"sqlite": 10, "postgresql": 3}

reaches = st.builds(
    Reach,
    st.sampled_from(["", *KEYS]),
    st.sampled_from(["", NORTH, SOUTH]),
    st.sampled_from(["", HILL, VALE, SHORE]),
)
viewers = st.builds(
    lambda grants: Viewer("somebody", tuple(grants)),
    st.lists(st.builds(Grant, st.sampled_from(Role), reaches), max_size=4),
)


@pytest.fixture(scope="module")
def stores(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with both_stores(postgres_url, tmp_path_factory.mktemp("scope")) as opened:
        yield opened


def within(viewer: Viewer, service: str, provider: str, area: str) -> bool:
    """Whether a row is theirs to count, said once more in plain words."""
    return any(
        Duty.FIGURES in grant.role.allows
        and grant.reach.service in ("", service)
        and grant.reach.provider in ("", provider)
        and grant.reach.area in ("", area)
        for grant in viewer.grants
    )


def measures_by_both(service: str) -> list[Measure]:
    """The measures that can be told by provider and area; of the others, as of posts, an area has none."""
    found = []
    for declared in measures_of(service):
        try:
            for key in BY:
                check_grouping(declared, key)
        except ValueError:
            continue
        found.append(declared)
    return found


def counted(sent: Sequence[Return], service: str) -> dict[str, plain.Found]:
    """Each measure of all rows in plain Python, by provider and area, where anything was counted."""
    found = {}
    for one in measures_by_both(service):
        at = AT if one.key in STOCKS else None
        groups = plain.asked(sent, one.key, BY, Selection(service), at)
        found[one.key] = {keys: counts for keys, counts in groups.items() if any(counts[:4])}
    return found


def compare(
    store: Store, plainly: dict[str, plain.Found], service: str, viewer: Viewer, measures: Sequence[Measure]
) -> None:
    whole = Selection(service)
    parts = [Question(one.key, BY, whole, AT if one.key in STOCKS else None) for one in measures]
    sums = [Question(one.key, (), whole, AT if one.key in STOCKS else None) for one in measures]
    if not any(r.service in ("", service) for r in viewer.reach):
        with pytest.raises(OutOfReach):
            read_tallies(store, parts, viewer)
        return
    answers = zip(
        measures, read_tallies(store, parts, viewer), read_tallies(store, sums, viewer), strict=True
    )
    for declared, tally, summed in answers:
        theirs = {
            keys: counts
            for keys, counts in plainly[declared.key].items()
            if within(viewer, service, *keys[:2])
        }
        ours = {row.keys: row for row in tally.rows if row.met or row.base or row.missing or row.unsure}
        assert ours.keys() == theirs.keys(), (declared.key, viewer)
        for keys, row in ours.items():
            assert same(row, theirs[keys]), (declared.key, viewer, row, theirs[keys])
        if isinstance(declared, Count | Share | Stock):
            columns = [sum(counts[n] for counts in theirs.values()) for n in range(4)]
            found = [[row.met, row.base, row.missing, row.unsure] for row in summed.rows] or [[0, 0, 0, 0]]
            assert found == [columns], (declared.key, viewer)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("service", KEYS)
def test_every_measure_holds_the_rows_within_reach_and_no_other(
    stores: dict[str, Store], kind: str, service: str
) -> None:
    store, sent = stores[kind], some_returns(service, 61)
    fill(store, sent)
    plainly, measures = counted(sent, service), measures_by_both(service)
    assert sum(1 for groups in plainly.values() if len(groups) > 3) > 10

    @settings(max_examples=EXAMPLES[kind], suppress_health_check=[HealthCheck.too_slow])
    @given(viewers, st.lists(st.sampled_from(measures), min_size=5, max_size=5))
    def holds(viewer: Viewer, some: list[Measure]) -> None:
        compare(store, plainly, service, viewer, some)

    holds()
    if kind == "postgresql":
        return
    # Those that matter most, and every measure, whatever was drawn; what is asked is the same on both databases.
    for reach in (Reach(provider=NORTH), Reach(service, SOUTH, VALE)):
        compare(store, plainly, service, Viewer("one", (Grant(Role.PROVIDER, reach),)), measures)
