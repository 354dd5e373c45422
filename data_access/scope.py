"""The rows that a person may see: the one place where the `WHERE` is added, to every statement of a transaction that reads for them.

`stores.reading` and `stores.writing` say for whom they are opened, and every `SELECT` in them is rewritten here: each table that holds
rows of a provider becomes the same table without the rows that lie outside the person's reach. So no function can forget it. Where a
person may see everything, nothing is rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import Alias, ColumnElement, FromClause, Subquery, Table, and_, false, or_, select, true
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.expression import ColumnClause, SelectBase

from data_access.meeting_tables import action_notes, actions, last_looked, meetings, saved_views
from data_access.procurement_tables import scenarios
from data_access.tables import (
    TABLE_OF,
    accepted_warnings,
    agreed_exceptions,
    attempts,
    audit,
    case_codes,
    cases,
    contracts,
    grants,
    issued,
    ledger,
    new_averages,
    originals,
    people,
    providers,
    returns,
    staff,
    survey_questions,
    targets,
    totals,
    withdrawals,
)
from domain.access import Audience, Duty, Grant, Reach, Role, Viewer
from domain.issued import reached_by
from domain.returns import COUNCIL

Condition = ColumnElement[bool]
SETTINGS_CHANGED = "settings changed"
"""How the act is called in the ledger under which settings change."""


def _all_of(found: Iterable[Condition]) -> Condition:
    return and_(true(), *found)


def _whose(table: FromClause, reach: Reach) -> list[Condition]:
    """The rows of a service and a provider."""
    asked = (("service", reach.service), ("provider", reach.provider))
    return [table.c[name] == value for name, value in asked if value]


def _a_case(table: FromClause, reach: Reach) -> Condition:
    found = _whose(table, reach)
    return _all_of([*found, table.c.area == reach.area] if reach.area else found)


def _beside_a_case(table: FromClause, reach: Reach) -> Condition:
    """A row of another sheet goes with its case, and its case's area is the one that it has now."""
    found = _whose(table, reach)
    if reach.area:
        same = [cases.c[key] == table.c[key] for key in ("service", "provider", "case_ref")]
        found.append(
            select(cases.c.row_id).where(*same, cases.c.in_force, cases.c.area == reach.area).exists()
        )
    return _all_of(found)


def _whole(table: FromClause, reach: Reach) -> Condition:
    """What is of a provider and no area: hidden from a person who may see one area only."""
    return false() if reach.area else _all_of(_whose(table, reach))


def _a_contract(table: FromClause, reach: Reach) -> Condition:
    """A contract is seen for one area too: what is expected of a provider decides what is outstanding."""
    return _all_of(_whose(table, reach))


def _a_return(table: FromClause, reach: Reach) -> Condition:
    """A return is seen for one area too, because the months that are in decide how far any figure reaches.

    The council's own is seen with any provider: its rows about that provider's cases count only while it does.
    """
    found = [table.c.service == reach.service] if reach.service else []
    if reach.provider:
        found.append(table.c.provider.in_((reach.provider, COUNCIL)))
    return _all_of(found)


def _of_a_return(table: FromClause, reach: Reach) -> Condition:
    which = select(returns.c.id).where(returns.c.id == table.c.return_id, _a_return(returns, reach))
    return which.exists()


def _kept_with_a_return(table: FromClause, reach: Reach) -> Condition:
    """What was said with a return, and its file, are seen by whoever may see all of the sender."""
    whose = select(returns.c.id).where(returns.c.id == table.c.return_id, *_whose(returns, reach))
    return false() if reach.area else whose.exists()


def _of_a_case(table: FromClause, reach: Reach) -> Condition:
    return select(cases.c.row_id).where(cases.c.row_id == table.c.case_row, _a_case(cases, reach)).exists()


def _an_act(table: FromClause, reach: Reach) -> Condition:
    """The acts on the returns within reach, and those on the settings: whoever saves is told that they changed meanwhile."""
    taken = select(returns.c.id).where(returns.c.seq == table.c.seq, _a_return(returns, reach))
    out = (
        select(withdrawals.c.return_id)
        .join(returns, returns.c.id == withdrawals.c.return_id)
        .where(withdrawals.c.seq == table.c.seq, _a_return(returns, reach))
    )
    return or_(table.c.kind == SETTINGS_CHANGED, taken.exists(), out.exists())


def _a_provider(table: FromClause, reach: Reach) -> Condition:
    """A provider is known to whoever may see something of it."""
    found: list[Condition] = [table.c.key == reach.provider] if reach.provider else []
    if reach.service:
        bought = contracts.c.service == reach.service
        found.append(select(contracts.c.id).where(contracts.c.provider == table.c.key, bought).exists())
    return _all_of(found)


def _for_all_or(table: FromClause, reach: Reach) -> Condition:
    """A setting of one provider, or one that holds for all of a service."""
    found: list[Condition] = [table.c.service == reach.service] if reach.service else []
    if reach.provider:
        found.append(table.c.provider.in_(("", reach.provider)))
    return _all_of(found)


def _in_the_room(table: FromClause, reach: Reach) -> Condition:
    """What was agreed is seen by whoever sees all of a service, and by a provider that was told of it.

    What several providers were told is for those with a contract for the service.
    """
    if reach.area:
        return false()
    found = [table.c.service == reach.service] if reach.service else []
    if reach.provider:
        whose = (contracts.c.service == table.c.service, contracts.c.provider == reach.provider)
        bought = select(contracts.c.id).where(*whose, contracts.c.ended_seq.is_(None)).exists()
        told = table.c.audience.in_(reached_by(Audience.with_provider(reach.provider)))
        found += [told, or_(table.c.audience != Audience.PROVIDERS.key, bought)]
    return _all_of(found)


def _a_meeting(table: FromClause, reach: Reach) -> Condition:
    """A provider sees what it was shown, and nothing that is still being prepared."""
    found = [table.c.frozen_at.is_not(None)] if reach.provider else []
    return _all_of([_in_the_room(table, reach), *found])


RULES: Final[dict[Table, Callable[[FromClause, Reach], Condition]]] = {
    **dict.fromkeys(TABLE_OF.values(), _beside_a_case),
    cases: _a_case,
    totals: _a_case,
    staff: _whole,
    case_codes: _of_a_case,
    returns: _a_return,
    withdrawals: _of_a_return,
    accepted_warnings: _kept_with_a_return,
    originals: _kept_with_a_return,
    attempts: _whole,
    issued: _whole,
    ledger: _an_act,
    contracts: _a_contract,
    providers: _a_provider,
    targets: _for_all_or,
    agreed_exceptions: _beside_a_case,
    survey_questions: _for_all_or,
    new_averages: _for_all_or,
    meetings: _a_meeting,
    **dict.fromkeys((actions, action_notes), _in_the_room),
}
"""Which rows of a table lie within one reach. A table that holds nothing of any provider has no rule."""

_OF_PEOPLE: Final = frozenset({people, grants, audit, saved_views, last_looked, scenarios})
"""What is limited by duties and not by reach."""
_LASTING: Final[set[FromClause]] = set()


def visible(table: Table, viewer: Viewer, rows: FromClause | None = None) -> Condition | None:
    """The condition on the rows of a table that a person may see; None where they may see all of them.

    Parameters
    ----------
    rows : the table under the name that it has in a statement.
    """
    held: FromClause = table if rows is None else rows
    if table in (people, grants):
        return None if Duty.PEOPLE in viewer.duties else held.c.person == viewer.user
    if table in (saved_views, last_looked):
        mine = held.c.person == viewer.user
        return or_(mine, held.c.shared) if table is saved_views and viewer.sees_all else mine
    if table is audit:
        return None if Duty.AUDIT in viewer.duties else false()
    if table is scenarios:
        return _priced(held, viewer)
    return None if table not in RULES or viewer.sees_all else _within(table, held, viewer.reach)


def _priced(held: FromClause, viewer: Viewer) -> Condition | None:
    """What holds prices: only of services of which they may see all prices, whatever figures they may see."""
    reach = viewer.within(Duty.PRICES).reach
    services = [one.service for one in reach if not (one.provider or one.area)]
    return None if "" in services else held.c.service.in_(services)


def _within(table: Table, held: FromClause, reach: Iterable[Reach]) -> Condition:
    return or_(false(), *(RULES[table](held, one) for one in reach))


def _only(held: FromClause, condition: Condition | None) -> FromClause:
    if condition is None:
        return held
    return select(held).where(condition).subquery(held.name)  # type: ignore[attr-defined]


@lru_cache(maxsize=500)
def _rows_within(table: Table, reach: tuple[Reach, ...]) -> FromClause:
    """The rows of a table within some reach. Remembered: to make them anew, with a hundred columns, takes longer than to ask for them."""
    rows = _only(table, _within(table, table, reach))
    rows.c.keys()  # Made now, so that two threads do not both make the columns later.
    return rows


def _asks_about_people(statement: SelectBase) -> bool:
    """Whether a statement asks for what is limited even for who sees every figure. A copy of each statement would cost them half a page."""
    return any(element in _OF_PEOPLE for element in visitors.iterate(statement) if isinstance(element, Table))


def lasting(rows: Subquery) -> Subquery:
    """Say that many statements ask for these rows, so that it is worth remembering what they are within a reach."""
    _LASTING.add(rows)
    return rows


@lru_cache(maxsize=500)
def _lasting_within(rows: Subquery, reach: tuple[Reach, ...]) -> FromClause:
    somebody = Viewer("", tuple(Grant(Role.VIEWER, one) for one in reach))
    made = cast(SelectBase, within_reach(rows.element, somebody)).subquery(rows.name)
    made.c.keys()
    return made


def within_reach(statement: ClauseElement, viewer: Viewer) -> ClauseElement:
    """The same question, asked of the rows that a person may see."""
    made: dict[FromClause, FromClause] = {}

    def seen(held: FromClause, table: Table) -> FromClause | None:
        if held not in made:
            made[held] = (
                _rows_within(table, viewer.reach)
                if held is table and table in RULES and not viewer.sees_all
                else _only(held, visible(table, viewer, held))
            )
        return None if made[held] is held else made[held]

    def replace(element: Any, **_: object) -> Any:
        if isinstance(element, Table):
            return seen(element, element)
        if isinstance(element, Alias) and isinstance(element.element, Table):
            return seen(element, element.element)
        if isinstance(element, Subquery) and element in _LASTING and not viewer.sees_all:
            return _lasting_within(element, viewer.reach)
        if isinstance(element, ColumnClause) and isinstance(element.table, Table | Alias | Subquery):
            rows = replace(element.table)
            return None if rows is None else rows.c[element.key]
        return None

    if not isinstance(statement, SelectBase) or (viewer.sees_all and not _asks_about_people(statement)):
        return statement
    return cast(ClauseElement, visitors.replacement_traverse(statement, {}, replace))
