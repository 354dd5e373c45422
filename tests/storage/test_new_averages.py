"""A new average is kept with its reason, read for its own series, and taken back; who may not change settings says none."""

import pytest

from data_access.audit import read_audit
from data_access.new_averages import begin_average, read_new_averages, take_back_average
from data_access.schema import upgrade
from data_access.stores import open_store
from domain.access import COMMISSIONER, LOCAL_USER, Grant, OutOfReach, Reach, Role, Viewer
from domain.audit import Act
from domain.new_averages import NewAverage
from domain.tally import Source
from tests.builders import NORTH, SOUTH

ACT = NewAverage("mentoring", "referrals", 201804, "Homelessness Reduction Act starts")


def test_a_new_average_is_said_read_and_taken_back(database_url: str) -> None:
    store = open_store(database_url, Source.SHARED)
    upgrade(store)
    by = COMMISSIONER.signing("Commissioning lead")

    def found(viewer: Viewer = by, provider: str = "", service: str = "mentoring") -> list[tuple[int, str]]:
        kept = read_new_averages(store, viewer, service=service, measure="referrals", provider=provider)
        return [(one.month, one.reason) for one in kept]

    number = begin_average(store, ACT, by=by)
    begin_average(store, NewAverage("mentoring", "referrals", 201710, "New contract", NORTH), by=by)
    assert found() == [(201804, "Homelessness Reduction Act starts")]
    assert found(provider=NORTH) == [(201710, "New contract")]
    assert found(provider=SOUTH) == found(service="send") == []

    (kept,) = read_new_averages(store, by, service="mentoring", measure="referrals")
    assert kept.who == "Commissioning lead"
    assert kept.at is not None

    of_south = Viewer("sue", (Grant(Role.PROVIDER, Reach(provider=SOUTH)),))
    assert found(of_south) == [(201804, "Homelessness Reduction Act starts")]
    assert found(of_south, NORTH) == []
    (seen,) = read_new_averages(store, of_south, service="mentoring", measure="referrals")
    assert (seen.who, seen.at) == ("", None)
    with pytest.raises(OutOfReach):
        begin_average(store, ACT, by=of_south)
    with pytest.raises(OutOfReach):
        take_back_average(store, number, by=of_south)

    with pytest.raises(ValueError, match="begins in 2018-04 already"):
        begin_average(store, ACT, by=by)
    for reason in (" ", "x" * 201, "Asked by jo@council.gov.uk"):
        with pytest.raises(ValueError, match="Nothing was saved"):
            begin_average(store, NewAverage("mentoring", "referrals", 201805, reason), by=by)

    assert take_back_average(store, number, by=by).reason == ACT.reason
    assert found() == []
    with pytest.raises(ValueError, match="Nothing was taken back"):
        take_back_average(store, number, by=by)
    acts = read_audit(store, LOCAL_USER, act=Act.CHANGED_SETTINGS)
    assert [one.detail for one in acts] == [
        "new average taken back of referrals, 2018-04",
        "new average said of referrals, 2017-10",
        "new average said of referrals, 2018-04",
    ]
    store.engine.dispose()
