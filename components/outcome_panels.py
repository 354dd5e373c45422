"""How cases ended: the outcome funnel, the shares that belong together, and all of the outcomes, apart for each group."""

from collections.abc import Sequence
from dataclasses import replace

from components.basis import basis_of, giving_away
from components.charts.outcome_funnel import Step, funnel_words, outcome_funnel, steps_of
from components.charts.several_shares import several_shares, with_a_total
from components.charts.stacked_shares import in_groups, stacked_shares
from components.hidden import only_shown
from components.panel import Panel
from components.panels import few_note, split_panel
from domain.base_words import base_words
from domain.disclosure import Released
from domain.figure_table import HIDDEN, table_of
from domain.formats import counted, limits_of, listed, number, percent_of, sentence_case, share_of
from domain.hidden_words import NO_WHOLE, hidden_message, of_shown, partly, withheld_note
from domain.messages import share_message
from domain.services import Ending, Service
from domain.settings import Settings
from domain.table import Table


def outcomes_by_group_panel(key: str, together: Released, by_group: Released, settings: Settings) -> Panel:
    """The outcomes of each group as parts of one bar.

    Parameters
    ----------
    together : the split of all cases. by_group : the same split, the group first and the outcome last.
    """
    groups = in_groups(by_group)
    low = [label for label, figures in groups.items() if figures[0].base < _LOW_BASE]
    said = "; ".join(
        f"{label}: " + ", ".join(f"{figure.labels[-1]} {number(figure.met)}" for figure in figures)
        for label, figures in groups.items()
    )
    whole = [figure for figure in together.figures if figure.base]
    most = whole if len(whole) <= _NAMED else sorted(whole, key=lambda figure: -figure.met)[:_NAMED]
    parts = ", ".join(f"{figure.label} {share_of(figure.met, figure.base)}" for figure in most)
    together_words = "All together" if most == whole else "Most often, all together"
    if partly(together):
        together_words = f"{sentence_case(of_shown(together))}most often, all together"
    what = by_group.by[0].replace("_", " ")
    return Panel(
        key=key,
        title=f"How cases ended, by {what}. {together_words}: {parts}"
        if parts
        else _none_ended(together, by_group),
        figure=stacked_shares(by_group) if groups else None,
        alt=f"How cases ended in each {what}: {said}.",
        table=table_of(by_group),
        basis=basis_of(by_group, settings),
        notes=(
            *(
                [f"Fewer than {_LOW_BASE} cases that ended, so read with care: {', '.join(low)}."]
                if low
                else []
            ),
            *(
                [f"{NO_WHOLE} A bar that does not reach 100% lacks a hidden part."]
                if partly(by_group)
                else []
            ),
        ),
    )


def _none_ended(*several: Released) -> str:
    return hidden_message(several[0]) if partly(*several) else "No case has ended yet"


_WITH_BASES = 2
"""So many shares are named in a title with what they are out of."""
_NAMED = 3
"""So many outcomes are named in a title."""
_FUNNEL_HEADERS = ("Stage or way of leaving", "Kind", "Cases", "Of all referred", "95% limits")
_LOW_BASE = 30
"""Under this many, a share says little; the Essex report marks its tables 'low base' in the same way."""


def funnel_panel(
    key: str, service: Service, stages: dict[str, Released], outcomes: Released, settings: Settings
) -> Panel:
    """The outcome funnel: stages, and ways of leaving told apart by what kind of ending they are."""
    if lacking := _not_of_the_same_cases(service, stages, outcomes):
        return Panel(
            key=key,
            title="How far referrals came is not said: totals give some of its stages and not others",
            table=Table(_FUNNEL_HEADERS, ()),
            basis=replace(basis_of(outcomes, settings), base="", without=lacking),
            notes=("Choose providers that send cases, or months for which they did, at the side.",),
        )
    steps = steps_of(service, stages, outcomes)
    first = steps[0].count
    rows = tuple(
        (step.label, step.kind, *([HIDDEN] * 3))
        if step.hidden
        else (step.label, step.kind, step.count, percent_of(step.count, first), limits_of(step.count, first))
        for step in steps
    )
    panel = Panel(
        key=key,
        title=_funnel_message(service, steps) if first else "No referral in what is chosen",
        figure=outcome_funnel(steps, outcomes) if first else None,
        alt=funnel_words(steps),
        table=Table(_FUNNEL_HEADERS, rows),
        basis=basis_of(outcomes, settings, *stages.values()),
        notes=(
            "Every case is followed from its referral. Cases still open can still end in any way.",
            *(
                ["Not every way of leaving is a failure: the patterns tell the kinds apart."]
                if {step.ending for step in steps} & {Ending.WELL, Ending.OTHERWISE}
                else []
            ),
        ),
    )
    # Without the first stage no share can be given.
    return (
        only_shown(panel, settings, outcomes, stages[service.stages[0].measure]) if steps[0].hidden else panel
    )


def _not_of_the_same_cases(
    service: Service, stages: dict[str, Released], outcomes: Released
) -> tuple[str, ...]:
    """The providers whose totals are in some parts of the funnel only, so that it would set one number of cases against another."""
    parts = [*stages.values(), outcomes]
    lacking = tuple(dict.fromkeys(name for part in parts for name in part.not_given))
    first = stages[service.stages[0].measure].total
    alike = partly(*parts) or (first.met if first else 0) == sum(figure.met for figure in outcomes.figures)
    return () if alike and all(set(part.not_given) == set(lacking) for part in parts) else lacking


def _funnel_message(service: Service, steps: Sequence[Step]) -> str:
    """'Resolved or held: 58% (366 of 630) of those referred so far; meeting held: 275; 51 cases still open'."""
    first = steps[0].count
    reached = {step.key: step for step in steps if step.stage}
    place = list(reached).index(service.success.key)
    good, *further = list(reached.values())[place:]
    still_open = [step for step in steps if step.ending is Ending.OPEN]
    live = sum(step.count for step in still_open)
    parts = [
        f"{good.label}: hidden"
        if good.hidden
        else f"{good.label}: {share_of(good.count, first)} of those referred so far"
    ]
    parts += [f"{_lower(step.label)}: {number(step.count)}" for step in further if not step.hidden]
    if any(step.hidden for step in still_open):
        return "; ".join(parts)
    return "; ".join([*parts, f"{counted(live, 'case')} still open when last reported"])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def beside_panel(key: str, shares: Sequence[Released], settings: Settings) -> Panel:
    """The headline share with the shares that it must not stand without, each on its own base. There must be one."""
    first = shares[0]
    rows = tuple((one.measure.label, *row) for one in shares for row in table_of(one).rows)
    headers = ("Figure", *table_of(first).headers)
    found = with_a_total(shares)
    # More than two with their bases are no title any more; the bases stand in the table.
    write = share_of if len(found) <= _WITH_BASES else percent_of
    message = listed([f"{_lower(label)} {write(f.met, f.base)}" for label, f in found], len(found))
    basis = giving_away(basis_of(first, settings), *shares)
    bases = dict.fromkeys(base_words(one) for one in shares)
    return Panel(
        key=key,
        title=f"Side by side: {message}" if message else share_message(first),
        grid=Table(
            headers,
            tuple(
                tuple(number(cell) if isinstance(cell, int) else str(cell) for cell in row) for row in rows
            ),
        ),
        table=Table(headers, rows),
        basis=replace(basis, base="; ".join(bases)),
        notes=(
            *dict.fromkeys(one.measure.note for one in shares if one.measure.note),
            *withheld_note(shares),
        ),
    )


def steps_panel(key: str, shares: Sequence[Released], settings: Settings) -> Panel:
    """What happens on the way, as a share a step. There must be one."""
    found = with_a_total(shares)
    said = "; ".join(f"{label} {share_of(f.met, f.base)}" for label, f in found)
    rows = tuple((one.measure.label, *row) for one in shares for row in table_of(one).rows)
    basis = giving_away(basis_of(shares[0], settings), *shares)
    return Panel(
        key=key,
        title=f"On the way: {said}" if said else _none_begun(*shares),
        figure=several_shares(shares) if found else None,
        alt=f"Steps on the way, share of cases: {said}.",
        table=Table(("Step", *table_of(shares[0]).headers), rows),
        basis=replace(
            basis,
            about=" ".join([f"{one.measure.label}: {one.measure.definition}" for one in shares])
            + f" Counted {shares[0].measure.dated_by}.",
        ),
        notes=(
            "Cases still open may still take a step.",
            *withheld_note(shares),
            *few_note([figure for _, figure in found]),
        ),
    )


def _none_begun(*several: Released) -> str:
    return hidden_message(several[0]) if partly(*several) else "No case has begun its way yet"


def endings_panel(key: str, service: Service, outcomes: Released, settings: Settings) -> Panel:
    """Every outcome apart, with which of them the service is bought for: one of them alone may make the headline."""
    panel = split_panel(key, outcomes, settings)
    good = [one.label for one in outcomes.in_order if one.keys[-1] in service.good]
    note = [f"Counted as a good ending: {listed(good, len(good))}."] if good else []
    return replace(panel, notes=(*note, *panel.notes))
