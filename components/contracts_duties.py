"""What a contract asks for beside its cases: complaints for the cases open, the Living Wage, case reports, escalations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from components.basis import basis_of, giving_away
from components.charts.rate_rows import LEAST_BASE, rate_rows, rate_words, with_a_rate
from components.charts.stacked_counts import stacked_counts
from components.event_marks import with_events
from components.hidden import only_shown
from components.panel import Panel
from components.panels import over_time_panel, split_panel, trend_panel
from domain.base_words import as_at_words
from domain.disclosure import Figure, Released
from domain.events import events_shown
from domain.formats import counted, day, listed, month, number, share_of
from domain.hidden_words import partly
from domain.kpis import kpis_of, target_for
from domain.periods import month_end
from domain.settings import Contract, Settings
from domain.settings_words import target_words
from domain.shown import dated, periods_of
from domain.table import Table

PAID, LESS, UNKNOWN = "Paid at least the London Living Wage", "Paid less", "Not recorded"
_SILENT = "A return in which the sheet Complaints is blank says that there was none."
_NOT_NAMED = "A complaint that names no case is in no area, so that choosing areas leaves it out."


def target_note(measure: str, contract: Contract, settings: Settings, at: int) -> tuple[str, ...]:
    """What the KPI on a measure asks of the provider at the end of a month; nothing where no target is set."""
    for kpi in kpis_of(contract.service):
        target = target_for(settings.targets, kpi, contract.provider, month_end(at))
        if kpi.measure == measure and target is not None:
            example = " (an example)" if target.example else ""
            return (f"Target of the KPI '{kpi.name}'{example}: {target_words(target)}.",)
    return ()


def complaints_rate_panel(
    key: str, whole: Released, quarters: Released, settings: Settings, *, unfinished: Collection[str]
) -> Panel:
    """Complaints for each 100 cases open, all of the time chosen and quarter by quarter."""
    total = next(iter(whole.figures), None)
    figures = [f for f in dated(quarters) if f.base]
    shown = with_a_rate(figures)
    part = [f.label for f in figures if f.keys[0] in unfinished]
    said = "; ".join(f"{f.label} {rate_words(f)}" for f in shown)
    panel = Panel(
        key=key,
        title=_rate_title(total),
        figure=rate_rows(figures, quarters.source) if shown else None,
        undrawn=bool(figures),
        alt=f"Complaints for each 100 cases open in each quarter, with the two counts: {said}.",
        table=_rate_table(figures),
        basis=replace(giving_away(basis_of(whole, settings), quarters), base=_rate_base(total, whole)),
        notes=(
            *([_SILENT] if total and not total.met else []),
            "Beside each mark: complaints and cases open in the quarter. The thin lines are 95% limits: where chance alone could "
            "have put the rate.",
            *([f"Not complete, or not all returns in: {listed(part)}."] if part else []),
            *(
                [f"A quarter with fewer than {LEAST_BASE} open cases is not drawn."]
                if len(shown) < len(figures)
                else []
            ),
            *([_NOT_NAMED] if whole.selection.areas else []),
            *([whole.measure.note] if whole.measure.note else []),
        ),
    )
    return only_shown(panel, settings, quarters, whole)


def _rate_title(total: Figure | None) -> str:
    if total is None or not total.base:
        return "No case was open, so there is no rate of complaints"
    if not total.met:
        return f"No complaint recorded; {counted(total.base, 'case')} open"
    counts = f"{counted(total.met, 'complaint')}, {counted(total.base, 'case')} open"
    return f"{number(total.value, 1)} complaints for each 100 cases open ({counts})"


def _rate_base(total: Figure | None, whole: Released) -> str:
    met, base = (total.met, total.base) if total else (0, 0)
    blank = f", {number(total.missing)} missing" if total and total.missing else ""
    reach = as_at_words(whole.as_at)
    return f"n = {counted(met, 'complaint')} and {counted(base, 'case')} open{blank}{f', {reach}' if reach else ''}"


def _rate_table(figures: Sequence[Figure]) -> Table:
    heads = ("Quarter", "Complaints", "Cases open", "For each 100", "95% from", "95% to")
    return Table(
        heads,
        tuple(
            (f.label, f.met, f.base, number(f.value, 1), number(f.low, 1), number(f.high, 1)) for f in figures
        ),
    )


def living_wage_panels(
    key: str, standings: Sequence[tuple[int, Released]], contract: Contract, settings: Settings
) -> list[Panel]:
    """The posts to which the London Living Wage applies, by what they are paid, at the ends of some months; the last one is now.

    Nothing where it applies to no post and no KPI of the service asks for it.
    """
    at, now = standings[-1]
    rows = {day(month_end(one)): _parts(released) for one, released in standings}
    figure = next(iter(now.figures), None)
    any_posts = any(sum(parts.values()) for parts in rows.values())
    if not any_posts and all(kpi.measure != "living_wage" for kpi in kpis_of(contract.service)):
        return []
    said = "; ".join(
        f"{label}: {', '.join(f'{number(n)} {part.lower()}' for part, n in parts.items())}"
        for label, parts in rows.items()
    )
    return [
        Panel(
            key=key,
            title=_wage_title(figure, at),
            figure=stacked_counts(rows, (LESS, PAID, UNKNOWN), now.source) if any_posts else None,
            alt=f"Posts to which the London Living Wage applies, by what they are paid: {said}.",
            table=Table(
                ("At the end of", PAID, LESS, UNKNOWN),
                tuple((label, parts[PAID], parts[LESS], parts[UNKNOWN]) for label, parts in rows.items()),
            ),
            basis=giving_away(basis_of(now, settings), *(one for _, one in standings)),
            notes=(
                *target_note("living_wage", contract, settings, at),
                *([now.measure.note] if now.measure.note else []),
                *(
                    ["Posts belong to no area, so that areas chosen at the side do not narrow this."]
                    if any_posts
                    else []
                ),
            ),
        )
    ]


def _parts(released: Released) -> dict[str, int]:
    figure = next(iter(released.figures), None)
    if figure is None:
        return {PAID: 0, LESS: 0, UNKNOWN: 0}
    return {PAID: figure.met, LESS: figure.base - figure.met, UNKNOWN: figure.missing + figure.unsure}


def _wage_title(figure: Figure | None, at: int) -> str:
    if figure is None or not (figure.base or figure.missing or figure.unsure):
        return f"No post to which the London Living Wage applies was recorded at the end of {month(at)}"
    if not figure.base:
        return "Whether posts are paid at least the London Living Wage was not recorded"
    return f"{share_of(figure.met, figure.base)} of posts are paid at least the London Living Wage where it applies"


def case_reports_panel(
    key: str,
    reports: Released,
    contract: Contract,
    settings: Settings,
    *,
    at: int,
    unfinished: Collection[str],
) -> Panel:
    """The case reports sent of the cases closed, quarter by quarter, within the days that the contract gives."""
    panel = over_time_panel(key, reports, settings, unfinished=unfinished)
    total, days = reports.total, contract.case_report_days
    limit = "" if days is None else f" within {counted(days, 'day')} of closing"
    title = (
        panel.title
        if partly(reports)
        else (
            f"The case report was sent{limit} for {share_of(total.met, total.base)} of cases closed"
            if total and total.base
            else "No case report is due yet of the cases closed"
        )
    )
    note = reports.measure.note
    return replace(
        panel,
        title=title,
        notes=(
            "The contract gives no time limit: a report counts whenever it was sent."
            if days is None
            else f"The contract gives {counted(days, 'day')} from closing. A case closed more recently is not counted yet, "
            "whether its report has come or not.",
            *target_note("case_report_sent", contract, settings, at),
            *([note] if note and days is not None else []),
            *panel.notes,
        ),
    )


def escalations_panels(
    key: str, counts: Released, reasons: Released, settings: Settings, *, unfinished: Collection[str]
) -> list[Panel]:
    """Cases escalated to the council, quarter by quarter, and why; the reasons only where there are any."""
    placed = dated(counts)
    found = sum(figure.met for figure in placed)
    over_time = with_events(
        trend_panel(f"{key}_time", counts, settings, unfinished=unfinished),
        events_shown(settings, counts.selection),
        counts.by[0],
        list(periods_of(counts)),
    )
    if partly(counts):
        return [over_time, split_panel(f"{key}_reasons", reasons, settings)]
    span = f", {placed[0].label} to {placed[-1].label}" if len(placed) > 1 else ""
    if not found:
        return [replace(over_time, title=f"No case was escalated to the council{span}")]
    why = split_panel(f"{key}_reasons", reasons, settings)
    return [
        replace(
            over_time, title=f"{counted(found, 'case')} escalated to the council{span}{_most_often(reasons)}"
        ),
        why,
    ]


def _most_often(reasons: Released) -> str:
    """The reason given most often, or all that share the first place; blank where none was given."""
    most = 0 if partly(reasons) else max((figure.met for figure in reasons.figures), default=0)
    if not most:
        return ""
    first = [figure for figure in reasons.figures if figure.met == most]
    each = " each" if len(first) > 1 else ""
    return f"; most often for {listed([f.label.lower() for f in first])} ({number(most)} of {number(first[0].base)}{each})"
