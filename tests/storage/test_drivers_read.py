"""Why demand comes, read: whole years alone, as the audience may see them, against published decisions of the same council and year."""

import pytest

from data_access.procurement.drivers import read_drivers
from data_access.stores import Store
from domain.access import COMMISSIONER, Audience, OutOfReach
from domain.procurement.drivers import driver_volumes, rates_of, why_not
from domain.procurement.scenario import Driver, Scenario
from domain.selection import Selection
from tests.builders import of_area, of_provider

NORFOLK, BRECKLAND = "E10000020", "E07000143"
SEND, HOMELESSNESS = Scenario("send", starts=202604), Scenario("homelessness", starts=202604)


def test_the_examples_give_the_printed_rates_to_whom_they_may_be_shown(examples_store: Store) -> None:
    def read(scenario: Scenario, audience: Audience = Audience.US, **chosen: tuple[str, ...]):  # type: ignore[no-untyped-def]
        selection = Selection(scenario.service, **chosen)  # type: ignore[arg-type]
        return read_drivers(examples_store, COMMISSIONER, audience, selection, scenario)

    found = read(SEND)
    assert (found.areas, found.year, found.years) == ((NORFOLK,), 2024, (2022, 2023, 2024))
    # The examples begin in April 2020 and end in March 2025.
    assert [one.year for one in found.asked] == [2021, 2022, 2023, 2024]
    rates = [(one.asked, one.decisions, round(one.per_hundred, 1)) for one in rates_of(found, SEND)]
    assert rates == [(203, 333, 61.0), (151, 214, 70.6), (347, 12_200, 2.8)]
    volumes = driver_volumes(found, SEND)
    assert volumes is not None
    assert volumes.middle[0] == pytest.approx(630)

    # What is printed is what the examples' cases give again, and may be gone on from in their place.
    assert found.now is not None
    assert found.printed is not None
    assert (found.printed.by_kind, found.printed.referrals) == (found.now.by_kind, found.now.referrals)
    printed = read(Scenario("send", published=True))
    assert (printed.asked, printed.version) == ((found.printed,), None)

    # Others are shown what is released for them: 2023 has a hidden reason, so that nothing is made of its others.
    outside = read(SEND, Audience.PUBLIC)
    assert outside.gated
    assert [one.by_kind[2] for one in outside.asked] == [None, 211, None, 347]
    of_2023 = Scenario("send", starts=202604, driver_year=2023)
    assert driver_volumes(read(of_2023, Audience.PUBLIC), of_2023) is None
    assert driver_volumes(read(of_2023), of_2023) is not None

    # One area against the decisions of the whole council would be no rate; to others it is not shown at all.
    own = read(SEND, areas=(BRECKLAND,))
    assert rates_of(own, SEND) == ()
    assert why_not(own, SEND).startswith("Published counts are of the whole council")
    assert "By area all dates are shown together" in read(SEND, Audience.PUBLIC, areas=(BRECKLAND,)).withheld

    # No official count is of an invented area: what the commissioner enters for that year is used, and for that year alone.
    ours = Scenario("homelessness", starts=202604, driver_year=2024, drivers=(Driver("duties", 900),))
    assert driver_volumes(read(HOMELESSNESS), HOMELESSNESS) is None
    (rate,) = rates_of(read(ours), ours)
    assert (rate.asked, rate.decisions) == (138, 900)

    for viewer in (of_provider("pat", "norfolk-mdr"), of_area("kim", BRECKLAND)):
        with pytest.raises(OutOfReach):
            read_drivers(examples_store, viewer, Audience.US, Selection("send"), SEND)
