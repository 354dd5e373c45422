"""Procurement scenarios: saved, changed by one at a time, removed and brought back, and seen by whom may see prices and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import select

from data_access.audit import audit_rows, read_audit
from data_access.ledger import data_version
from data_access.moved import Moved, Refused
from data_access.procurement.scenarios import (
    bring_back_scenario,
    list_scenarios,
    read_scenario,
    remove_scenario,
    save_scenario,
)
from data_access.procurement_tables import scenarios
from data_access.returns import save_return
from data_access.stores import Store, reading, writing
from domain.access import COMMISSIONER, LOCAL_USER, Grant, OutOfReach, Reach, Role, Viewer
from domain.audit import Act
from domain.procurement.offers import FixedAndExtra, PerCase
from domain.procurement.scenario import Assumption, Basis, Scenario
from domain.procurement.scenario_checks import MOST_OF_A_NAME
from domain.tally import Source
from tests.builders import HILL, NORTH, Q1, SERVICE, a_case, a_return
from tests.storage.keeping import at_once

PRICE = Decimal("98765.43")
ANN = Viewer("ann", (Grant(Role.COMMISSIONER),), title="Commissioning manager")
BOB = Viewer("bob", (Grant(Role.COMMISSIONER, Reach(SERVICE)),), title="Finance")
WITHOUT = {
    "sees all figures": (Grant(Role.VIEWER),),
    "presents all": (Grant(Role.PRESENTER),),
    "presents, and commissions another service": (Grant(Role.PRESENTER), Grant(Role.COMMISSIONER, Reach("send"))),
    "a provider": (Grant(Role.PROVIDER, Reach(provider=NORTH)),),
    "commissions one provider": (Grant(Role.COMMISSIONER, Reach(SERVICE, NORTH)),),
    "commissions one area": (Grant(Role.COMMISSIONER, Reach(SERVICE, area=HILL)),),
    "an administrator": (Grant(Role.ADMINISTRATOR),),
    "nobody": (),
}  # fmt: skip


def a_scenario(name: str = "Two lots", **changes: object) -> Scenario:
    given = Scenario(
        SERVICE,
        starts=202704,
        offers=(FixedAndExtra(500, PRICE, Decimal("912.35")),),
        name=name,
        note="For 98,765 pounds.",
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def test_the_life_of_a_scenario(store: Store) -> None:
    before = data_version(store)
    number = save_scenario(store, a_scenario("  Two\nlots "), by=ANN)
    kept = read_scenario(store, BOB, number)
    assert kept == a_scenario(
        id=number, version=before, changed_at=kept.changed_at, changed_by="Commissioning manager"
    )
    save_return(store, a_return(NORTH, Q1, [a_case()]), by=COMMISSIONER)
    dearer = replace(kept, years=4, offers=(PerCase(Decimal("805.5")),))
    assert save_scenario(store, dearer, by=BOB) == number
    changed = read_scenario(store, ANN, number)
    assert (changed.years, changed.offers, changed.changed_by) == (4, dearer.offers, "Finance")
    assert (changed.version, data_version(store)) == (before + 1, before + 1), (
        "of the data then; no act of its own"
    )
    copy = save_scenario(store, replace(changed, id=0, name="another"), by=BOB)
    assert [one.id for one in list_scenarios(store, ANN, SERVICE)] == [copy, number]
    assert list_scenarios(store, ANN, "send") == ()

    remove_scenario(store, number, by=ANN)
    assert [one.id for one in list_scenarios(store, ANN, SERVICE)] == [copy]
    for act in (partial(read_scenario, store, ANN), partial(remove_scenario, store, by=ANN)):
        with pytest.raises(Refused, match="Commissioning manager removed the scenario 'Two lots' on"):
            act(number)
    with pytest.raises(Moved, match="It can be brought back"):
        save_scenario(store, changed, by=BOB)
    bring_back_scenario(store, number, by=BOB)
    assert read_scenario(store, ANN, number) == changed
    with pytest.raises(Refused, match="is not removed"):
        bring_back_scenario(store, number, by=BOB)


def test_it_is_saved_with_the_moment_that_was_looked_at(store: Store) -> None:
    assert read_scenario(store, ANN, save_scenario(store, a_scenario(), by=ANN, version=0)).version == 0
    later = save_scenario(store, a_scenario("Later"), by=ANN, version=99)
    assert read_scenario(store, ANN, later).version == data_version(store), "no moment that is still to come"


def test_who_changes_what_another_changed_meanwhile_is_told_who(store: Store) -> None:
    opened = read_scenario(store, ANN, save_scenario(store, a_scenario(), by=ANN))
    save_scenario(store, replace(opened, years=5), by=BOB)
    with pytest.raises(Moved, match=r"Finance changed the scenario on .* after you opened it") as told:
        save_scenario(store, replace(opened, years=2), by=ANN)
    assert told.value.who == "Finance"
    assert read_scenario(store, ANN, opened.id).years == 5
    with pytest.raises(Moved):
        save_scenario(store, replace(opened, changed_at=None), by=ANN)
    now = read_scenario(store, ANN, opened.id)
    acts = [partial(save_scenario, store, replace(now, years=n), by=one) for n, one in ((3, ANN), (4, BOB))]
    done = at_once(*acts)
    (number,) = (place for place, one in enumerate(done) if one == opened.id)
    assert isinstance(done[1 - number], Moved)
    assert read_scenario(store, ANN, opened.id).years == 3 + number


def test_a_name_is_there_short_and_used_once_in_a_service_by_two_at_once_too(store: Store) -> None:
    number = save_scenario(store, a_scenario(), by=ANN)
    for name in ("", " ", "x" * (MOST_OF_A_NAME + 1), "TWO LOTS"):
        with pytest.raises(Refused, match=r"Nothing was saved\. The name"):
            save_scenario(store, a_scenario(name), by=ANN)
    save_scenario(store, replace(a_scenario(), service="send"), by=ANN)
    done = at_once(*(partial(save_scenario, store, a_scenario("One lot"), by=one) for one in (ANN, BOB)))
    assert sorted(type(one).__name__ for one in done) == ["Refused", "int"]
    remove_scenario(store, number, by=ANN)
    save_scenario(store, a_scenario(), by=ANN)
    with pytest.raises(Refused, match="that of another scenario"):
        bring_back_scenario(store, number, by=ANN)


def test_what_cannot_be_kept_is_refused_with_the_reason(store: Store) -> None:
    save_return(store, a_return(NORTH, Q1, [a_case("EX-77")]), by=COMMISSIONER)
    duty = Assumption("A new duty, as case ex-77 shows", 202704, 10, 5, 20)
    for changes, why in (
        ({"assumptions": (duty,)}, "An assumption holds the reference of a case"),
        ({"note": "Ring jo@example.org"}, "The note looks as if it holds an e-mail address"),
        ({"providers": ("nowhere",)}, "The providers: the settings have none called 'nowhere'"),
        ({"starts": 0}, "When the contract starts is not said"),
        ({"basis": Basis.OWN}, "Your own numbers are not entered"),
    ):
        with pytest.raises(Refused, match=f"Nothing was saved. {why}"):
            save_scenario(store, a_scenario(**changes), by=ANN)
    with pytest.raises(Refused, match="Your file is not saved"):
        save_scenario(replace(store, source=Source.IN_HAND), a_scenario(), by=ANN)
    number = save_scenario(store, a_scenario(), by=ANN)
    kept = read_scenario(store, ANN, number)
    with pytest.raises(Refused, match="of another service"):
        save_scenario(store, replace(kept, service="send"), by=ANN)
    with pytest.raises(Refused, match="There is no scenario 99"):
        save_scenario(store, replace(kept, id=99), by=ANN)
    assert list_scenarios(store, ANN, SERVICE) == (kept,)


@pytest.mark.parametrize("grants", WITHOUT.values(), ids=WITHOUT)
def test_without_the_duty_of_prices_for_the_whole_service_there_is_no_scenario(
    store: Store, grants: tuple[Grant, ...]
) -> None:
    number = save_scenario(store, a_scenario(), by=ANN)
    kept = read_scenario(store, ANN, number)
    other = Viewer("other", grants)
    assert list_scenarios(store, other, SERVICE) == ()
    acts: list[Callable[[], object]] = [
        partial(read_scenario, store, other, number),
        partial(remove_scenario, store, number, by=other),
        partial(bring_back_scenario, store, number, by=other),
        partial(save_scenario, store, replace(kept, years=9), by=other),
        partial(save_scenario, store, a_scenario("New"), by=other),
    ]
    for act in acts:
        with pytest.raises((Refused, OutOfReach)) as told:
            act()
        assert not any(word in str(told.value) for word in ("Two lots", "98"))
    for opened in (reading, writing):
        with opened(store, other) as connection:
            assert connection.execute(select(scenarios.c.body)).all() == []
    assert list_scenarios(store, ANN, SERVICE) == (kept,)


def test_the_audit_says_who_did_what_and_neither_a_price_nor_a_name(store: Store) -> None:
    number = save_scenario(store, a_scenario("98,765 for 500"), by=ANN)
    save_scenario(store, replace(read_scenario(store, ANN, number), years=5), by=BOB)
    remove_scenario(store, number, by=ANN)
    bring_back_scenario(store, number, by=BOB)
    found = read_audit(store, LOCAL_USER, act=Act.CHANGED_SCENARIOS)
    assert [(one.person, one.subject, one.detail) for one in reversed(found)] == [
        ("ann", f"scenario {number}", "saved"),
        ("bob", f"scenario {number}", "changed"),
        ("ann", f"scenario {number}", "removed"),
        ("bob", f"scenario {number}", "brought back"),
    ]
    for row in audit_rows(store, LOCAL_USER):
        assert not any(word in " ".join(row.values()) for word in ("98", "912", "500"))


def test_one_that_this_program_cannot_read_is_left_out_of_the_list_and_says_so(store: Store) -> None:
    number = save_scenario(store, a_scenario(), by=ANN)
    other = save_scenario(store, a_scenario("Other"), by=ANN)
    with writing(store, ANN) as connection:
        newer = '{"service": "mentoring", "offers": [{"kind": "auction"}]}'
        connection.execute(scenarios.update().where(scenarios.c.id == number).values(body=newer))
    assert [one.id for one in list_scenarios(store, ANN, SERVICE)] == [other]
    with pytest.raises(Refused, match=r"cannot read it\. Nothing of it is lost"):
        read_scenario(store, ANN, number)
