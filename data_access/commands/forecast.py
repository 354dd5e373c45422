"""The command that carries a count forward: what the next periods may bring, and how far that was tried."""

from __future__ import annotations

import argparse
import sys

from data_access.commands.as_of import audience_named, open_as_of
from data_access.commands.figures import selection_named
from data_access.commands.printing import print_rows
from data_access.commands.who import who, with_as
from data_access.procurement.history import REFERRALS, read_history
from data_access.settings import read_settings
from domain.forecasting import FURTHEST, Forecast
from domain.forecasting import forecast as carried_forward
from domain.measures import Count, measure
from domain.procurement.history import MONTHS_IN, History
from domain.procurement.outlook import LEAST
from domain.procurement.printed import printed_history
from domain.rounding import half_up
from domain.selection import Selection
from domain.services import service

COLUMNS = ("period", "low95", "low80", "expected", "high80", "high95", "method", "validated")
MOST = 60
_BY_REFERRAL = "referral_date"


def forecast(arguments: argparse.Namespace) -> int:
    """Print a row for each period to come."""
    if not 1 <= arguments.horizon <= MOST:
        raise ValueError(f"--horizon is a number of periods from 1 to {MOST}, not {arguments.horizon}")
    store, viewer = open_as_of(arguments.as_of), who(arguments)
    audience = audience_named(arguments.audience, store, viewer)
    selection = selection_named(arguments, read_settings(store, viewer, as_of=arguments.as_of), viewer)
    _check_measure(arguments.measure, selection)
    if arguments.published:
        history = _printed(arguments, selection)
    else:
        history = read_history(
            store,
            viewer,
            audience,
            selection,
            arguments.by,
            as_of=arguments.as_of,
            measure=arguments.measure,
        )
    if len(history.values) < LEAST:
        # The reason first: without values it is why nothing may be shown.
        for line in (
            *history.left_out,
            f"{LEAST} complete periods or more are needed, there are {len(history.values)}",
        ):
            print(f"{line}.", file=sys.stderr)
        return 1
    found = carried_forward(history.values, arguments.horizon, season=history.season)
    print_rows(_rows(history, found), COLUMNS, arguments.format)
    _print_notes(history, found, arguments.by)
    return 0


def _check_measure(key: str, selection: Selection) -> None:
    """Refuse what cannot be carried forward as a count."""
    asked = measure(key, selection.service)
    if not isinstance(asked, Count):
        raise ValueError(f"'{key}' is no count of something that happens: only counts are carried forward")
    if asked.when == _BY_REFERRAL and key != REFERRALS:
        raise ValueError(
            f"'{key}' counts cases by the day of their referral, and the newest have not got so far yet: carried forward they would "
            "seem to fall. Carry 'referrals' forward instead"
        )


def _printed(arguments: argparse.Namespace, selection: Selection) -> History:
    """The series that a document prints."""
    chosen = selection.where or selection.timed or arguments.measure != REFERRALS
    if chosen:
        raise ValueError(
            "--published goes with referrals and --where service=SERVICE alone: a document prints one series"
        )
    if arguments.as_of is not None:
        raise ValueError(
            "--published does not go with --as-of: what a document prints is the same at any moment"
        )
    found = printed_history(selection.service)
    if found is None:
        raise ValueError(
            f"No source document prints referrals of {service(selection.service).label} year by year"
        )
    if arguments.by != found.grouping:
        raise ValueError(f"The document prints them by {found.grouping}, not by {arguments.by}")
    return found


def _rows(history: History, found: Forecast) -> list[dict[str, object]]:
    """The periods to come; further ahead than the method was tried none is called validated."""
    return [
        {
            "period": history.key(len(history.values) + ahead),
            "low95": step.whole_95[0],
            "low80": step.whole_80[0],
            "expected": int(half_up(step.value)),
            "high80": step.whole_80[1],
            "high95": step.whole_95[1],
            "method": found.method.value,
            "validated": "yes" if found.validated and ahead < FURTHEST else "no",
        }
        for ahead, step in enumerate(found.steps)
    ]


def _print_notes(history: History, found: Forecast, asked: str) -> None:
    """What must be known of it, beside the rows."""
    said = [f"{history.rests_on}, {history.span}", *history.left_out]
    if history.grouping != asked:
        said.append("By quarter and not by month, as others than the commissioning team see it")
    if history.expected:
        named = ", ".join(history.key(place) for place in history.expected)
        said.append(f"Taken as what it is expected to come to once late cases are entered: {named}")
    if not found.validated:
        said.append("Scenario, not validated: too few periods to try the method on the past")
    elif len(found.steps) > FURTHEST:
        said.append(f"Tried up to {FURTHEST} periods ahead; what lies further is a scenario, not validated")
    for line in (*said, history.example.rstrip(".")):
        if line:
            print(f"{line}.", file=sys.stderr)


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], form: argparse.ArgumentParser
) -> None:
    """Add this file's command."""
    made = commands.add_parser(
        "forecast", parents=[form, with_as()], help="carry a count forward: what the next periods may bring"
    )
    made.add_argument("measure")
    made.add_argument("--by", required=True, choices=tuple(MONTHS_IN))
    made.add_argument("--horizon", required=True, type=int, metavar="N", help="how many periods ahead")
    made.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")
    made.add_argument("--from", dest="first", metavar="MONTH", help="leave out what came before")
    made.add_argument("--to", dest="last", metavar="MONTH", help="leave out what came after")
    made.add_argument(
        "--published", action="store_true", help="go on from the series that a source document prints"
    )
    made.add_argument("--for", dest="audience", default="us", metavar="AUDIENCE")
    made.add_argument("--as-of", type=int, metavar="SEQ", help="as the figures stood after that act")
    made.set_defaults(run=forecast)
