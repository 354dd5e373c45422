"""The calendar of returns: what is wanted by when, what came, and how late."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from domain.deadlines import CASE_DEADLINES, returns_due
from domain.derived import CLOCKS_OF, OF_AGE
from domain.periods import Period, PeriodKind
from domain.returns_calendar import Calendar, Known, Place, Sent, returns_calendar
from domain.settings import Settings
from tests.builders import NORTH, Q1, Q2, SERVICE, SOUTH, some_settings

SUMMER = date(2018, 8, 1)


@dataclass(frozen=True)
class AVersion:
    provider: str
    period: Period
    accepted_at: datetime
    version: int = 1
    state: str = "current"
    nil: bool = False
    service: str = SERVICE

    @property
    def id(self) -> str:
        return f"{self.provider}:{self.period.key}:{self.version}"


@dataclass(frozen=True)
class ACheck:
    provider: str
    period: Period
    at: datetime
    must_fix: int = 4
    to_confirm: int = 0


def sent(day: datetime | date, provider: str = NORTH, period: str = Q1, **values: object) -> AVersion:
    at = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(AVersion(provider, Period.parse(period), at), **values)  # type: ignore[arg-type]


def calendar(
    *found: AVersion, settings: Settings | None = None, today: date = SUMMER, known: Known | None = None
) -> Calendar:
    return returns_calendar(found, settings or some_settings(), SERVICE, today, known=known or Known())


def place(*found: AVersion, provider: str = NORTH, period: str = Q1, **values: object) -> Place:
    made = calendar(*found, **values)  # type: ignore[arg-type]
    (only,) = (p for p in made.places if (p.provider, p.period) == (provider, Period.parse(period)))
    return only


def test_the_due_day_itself_is_in_time_and_the_next_is_one_day_late() -> None:
    assert [(place(sent(date(2018, 7, d))).sent, place(sent(date(2018, 7, d))).late_days) for d in (20, 21, 26)] == [
        (Sent.IN_TIME, 0), (Sent.LATE, 1), (Sent.LATE, 6),
    ]  # fmt: skip


def test_a_return_saved_after_midnight_in_england_came_on_that_day() -> None:
    # 20 July 23:30 in Greenwich is half past midnight of 21 July in England.
    assert place(sent(datetime(2018, 7, 20, 23, 30, tzinfo=UTC))).late_days == 1
    assert place(sent(datetime(2018, 7, 20, 22, 30, tzinfo=UTC))).late_days == 0


def test_a_correction_does_not_make_a_return_late() -> None:
    first = sent(date(2018, 7, 3), state="replaced")
    corrected = sent(date(2018, 7, 30), version=2)
    found = place(first, corrected)
    assert (found.sent, found.received_on, found.version) == (Sent.IN_TIME, date(2018, 7, 3), corrected)


def test_a_withdrawn_return_came_when_its_successor_came() -> None:
    gone = sent(date(2018, 7, 3), state="withdrawn")
    assert place(gone).sent is Sent.OUTSTANDING
    found = place(gone, sent(date(2018, 7, 30), version=2))
    assert (found.sent, found.late_days) == (Sent.LATE, 10)


def test_what_has_not_come_is_outstanding_from_the_day_after_it_was_due() -> None:
    assert place(today=date(2018, 7, 20)).sent is Sent.DUE
    assert place(today=date(2018, 7, 21)).sent is Sent.OUTSTANDING


def test_months_together_make_the_quarter_that_was_wanted() -> None:
    months = [
        sent(date(2018, 7, 1 + n), period=f"2018-{4 + n:02d}..2018-{4 + n:02d}", state="current")
        for n in range(3)
    ]
    found = place(*months)
    assert (found.sent, found.received_on, found.other) == (Sent.IN_TIME, date(2018, 7, 3), True)
    assert place(*months[:2]).sent is Sent.OUTSTANDING


def test_a_month_that_came_with_its_quarter_came_then() -> None:
    contract = replace(some_settings().contracts[0], reporting=((date(2018, 4, 1), PeriodKind.MONTH),))
    settings = replace(some_settings(), contracts=(contract,))
    found = place(sent(date(2018, 7, 3)), period="2018-04..2018-04", settings=settings)
    assert (found.sent, found.late_days, found.other) == (Sent.LATE, 44, True)


def test_a_return_due_before_its_contract_was_entered_is_not_judged() -> None:
    known = Known(entered={f"{SERVICE}-{NORTH}": date(2018, 7, 21)})
    found = place(sent(date(2018, 7, 30)), known=known)
    assert (found.sent, found.late_days, found.judged) == (Sent.RECEIVED, 0, False)
    same_day = Known(entered={f"{SERVICE}-{NORTH}": date(2018, 7, 20)})
    assert place(sent(date(2018, 7, 30)), known=same_day).sent is Sent.LATE


def test_lateness_is_counted_of_what_was_due_and_can_be_judged() -> None:
    made = calendar(
        sent(date(2018, 7, 3)),
        sent(date(2018, 7, 30), provider=SOUTH),
        sent(date(2018, 10, 1), period=Q2),
        today=date(2018, 10, 25),
    )
    assert made.punctual() == (2, 4)
    assert (made.punctual(NORTH), made.punctual(SOUTH)) == ((2, 2), (0, 2))
    assert calendar(today=date(2018, 7, 20)).punctual() == (0, 0), "what is still to come is not judged"
    assert calendar(sent(date(2018, 7, 3)), known=Known(dated=False)).punctual() == (0, 0)


def test_only_a_check_after_the_last_save_is_open() -> None:
    check = ACheck(NORTH, Period.parse(Q1), datetime(2018, 7, 10, tzinfo=UTC))
    known = Known(checks=(check,))
    assert place(known=known).check == check
    assert place(sent(date(2018, 7, 3)), known=known).check == check
    assert place(sent(date(2018, 7, 11)), known=known).check is None
    assert place(provider=SOUTH, known=known).check is None


def test_returns_due_are_those_from_today_to_fourteen_days_on_that_have_not_come() -> None:
    settings = some_settings()

    def due(today: date, *found: AVersion) -> list[tuple[date, str]]:
        made = calendar(*found, today=today)
        return [(one.on, one.provider) for one in returns_due(made, settings, today)]

    both = [(date(2018, 7, 20), NORTH), (date(2018, 7, 20), SOUTH)]
    assert due(date(2018, 7, 5)) == []
    assert due(date(2018, 7, 6)) == due(date(2018, 7, 20)) == both
    assert due(date(2018, 7, 21)) == []
    assert due(date(2018, 7, 6), sent(date(2018, 7, 3))) == both[1:]


def test_a_return_of_a_period_that_has_not_ended_is_due_when_that_is_soon() -> None:
    at_once = replace(some_settings().contracts[0], due_days=0)
    settings = replace(some_settings(), contracts=(at_once,))
    today = date(2018, 6, 25)
    made = calendar(settings=settings, today=today)
    assert made.places == ()
    (one,) = returns_due(made, settings, today)
    assert (one.on, one.key) == (date(2018, 6, 30), f"{SERVICE}:{NORTH}:{Q1}")


def test_every_clock_of_a_case_is_a_deadline_but_those_that_only_say_its_age() -> None:
    either_start = {"mediation_from_request": "mediation", "mediation_from_council_informed": "mediation"}
    for service, clocks in CLOCKS_OF.items():
        wanted = {either_start.get(clock, clock) for clock in clocks} - OF_AGE
        assert {one.clock for one in CASE_DEADLINES[service]} == wanted
