"""The command that writes the pack of a provider meeting: slides, document and workbook."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from data_access import clock
from data_access.actions import read_actions
from data_access.audit import note
from data_access.commands.as_of import audience_named, open_as_of
from data_access.commands.who import who, with_as
from data_access.issued import keep_issue
from data_access.meetings import last_frozen, read_meeting
from data_access.packs.files import pack_files
from data_access.packs.reading import read_pack
from data_access.settings import read_settings
from data_access.stores import Store
from domain.access import Duty, OutOfReach, Viewer
from domain.agenda import DEFAULT_AGENDA, known_items
from domain.audit import Act
from domain.figure_table import HIDDEN
from domain.issued import Outdated
from domain.look import look_of
from domain.meetings import About, Meeting
from domain.pack import MeetingPack
from domain.periods import Period
from domain.services import service


def pack(arguments: argparse.Namespace) -> int:
    """Write the three files of a meeting, once it is kept that they leave."""
    store, viewer = open_as_of(arguments.as_of), who(arguments)
    meeting = _meeting(arguments, store, viewer)
    shown = meeting.pack or _pack_now(arguments, store, viewer, meeting)
    if why := _withheld(shown):
        print(f"Nothing of it may be shown to '{shown.audience}': {why}", file=sys.stderr)
        return 1
    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    look = look_of(read_settings(store, viewer))
    # All are made before it is kept that any leaves, and kept before any is written.
    made = [(file.name, file.make()) for file in pack_files(shown, look, quotes=arguments.quotes)]
    try:
        for name, _ in made:
            _keep(store, viewer, shown, name, frozen=meeting.frozen)
    except Outdated:
        print(
            f"Figures of this service were given out that are later than those of act {shown.version}, so nothing was written.",
            file=sys.stderr,
        )
        return 1
    for name, content in made:
        (folder / name).write_bytes(content)
        print(folder / name)
    return 0


def _withheld(shown: MeetingPack) -> str:
    """Why no figure of a pack may be shown; blank where any may be: a chart, or the status of a KPI."""
    seen = [screen for screen in shown.screens if not screen.withheld]
    judged = (figure for screen in seen for figure in screen.figures if figure.status)
    if any(screen.chart for screen in seen) or any(figure.shown != HIDDEN for figure in judged):
        return ""
    return " ".join(dict.fromkeys(screen.withheld for screen in shown.screens if screen.withheld))


def _keep(store: Store, viewer: Viewer, shown: MeetingPack, name: str, *, frozen: bool) -> None:
    """Keep that a file leaves; of one for others also what it shows, which for a frozen meeting was kept when it was frozen."""
    detail = "; ".join(part for part in ("meeting pack, by command", shown.selection) if part)
    if shown.issue is not None and not frozen:
        keep_issue(store, viewer, shown.issue, file_name=name, provider=shown.provider, detail=detail)
        return
    words = f"for {shown.audience}; {detail}"
    note(
        store,
        viewer,
        Act.EXPORTED,
        service=shown.service,
        provider=shown.provider,
        subject=name,
        detail=words,
    )


def _meeting(arguments: argparse.Namespace, store: Store, viewer: Viewer) -> Meeting:
    """The kept meeting that is named, or one about what is chosen, as the page begins it."""
    if arguments.meeting is not None:
        return _kept(arguments, store, viewer)
    lacking = [name for name in ("service", "period", "audience") if getattr(arguments, name) is None]
    if lacking:
        named = ", ".join("--for" if name == "audience" else f"--{name}" for name in lacking)
        raise ValueError(f"Say {named}, or --meeting with the number of a meeting that is kept")
    about = _about(arguments, store, viewer)
    last = last_frozen(store, viewer, about)
    return Meeting(about, known_items(last.agenda) if last else DEFAULT_AGENDA)


def _kept(arguments: argparse.Namespace, store: Store, viewer: Viewer) -> Meeting:
    named = ("service", "provider", "area", "period", "audience")
    if any(getattr(arguments, name) is not None for name in named):
        raise ValueError("A meeting that is kept says itself what it is about: --meeting goes alone")
    meeting = read_meeting(store, viewer, arguments.meeting)
    if meeting.frozen and arguments.as_of is not None:
        raise ValueError("What a frozen meeting showed is kept as it was: --as-of goes with others only")
    return meeting


def _about(arguments: argparse.Namespace, store: Store, viewer: Viewer) -> About:
    settings = read_settings(store, viewer, as_of=arguments.as_of)
    about = About(
        service(arguments.service).key,
        Period.parse(arguments.period),
        audience_named(arguments.audience, store, viewer),
    )
    provider = arguments.provider or about.audience.provider
    if provider:
        found = settings.find_provider(provider)
        if found is None and not viewer.sees_all:
            # Whether there is such a provider is not theirs to know either.
            raise OutOfReach(Duty.FIGURES, service=about.service, provider=provider)
        if found is None or found not in {p.key for p in settings.providers_of(about.service)}:
            raise KeyError(f"'{provider}' is no provider of {service(about.service).label}")
        about = replace(about, provider=found)
    if arguments.area:
        area = settings.find_area(arguments.area)
        if area is None:
            raise KeyError(f"'{arguments.area}' is no area")
        about = replace(about, area=area)
    viewer.check_asked(about.service, [about.provider] if about.provider else [])
    return about


def _pack_now(arguments: argparse.Namespace, store: Store, viewer: Viewer, meeting: Meeting) -> MeetingPack:
    """What the meeting shows of the figures of now, or of the moment that was named."""
    about = meeting.about
    last = last_frozen(store, viewer, about)
    actions = read_actions(
        store,
        viewer,
        about.audience,
        service=about.service,
        provider=about.provider,
        area=about.area,
        closed_since=last.frozen_at if last else None,
    )
    return read_pack(
        store,
        viewer,
        meeting,
        last=last,
        actions=actions,
        today=clock.today(),
        as_of=arguments.as_of,
        address=arguments.address.rstrip("/"),
    )


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], form: argparse.ArgumentParser
) -> None:
    """Add this file's command."""
    made = commands.add_parser(
        "pack", parents=[with_as()], help="the pack of a meeting: slides, document and workbook"
    )
    made.add_argument("--service", metavar="S")
    made.add_argument("--provider", metavar="P", help="blank: all of the service's")
    made.add_argument("--area", metavar="A", help="an area, by code or name")
    made.add_argument("--period", metavar="2018-04..2018-06")
    made.add_argument(
        "--for", dest="audience", metavar="AUDIENCE", help="us, provider:KEY, providers or public"
    )
    made.add_argument("--meeting", type=int, metavar="N", help="a kept meeting, in place of all of these")
    made.add_argument("--out", required=True, metavar="DIR", help="where the three files are written")
    made.add_argument("--as-of", type=int, metavar="SEQ", help="as the figures stood after that act")
    made.add_argument(
        "--address", default="", metavar="URL", help="the dashboard's own, so that the link leads back"
    )
    made.add_argument("--quotes", action="store_true", help="with what people were quoted with")
    made.set_defaults(run=pack)
