"""How cases ended, in each area or with each provider: all of the outcomes, each group out of its own base."""

from components.basis import basis_of, table_of
from components.charts.stacked_shares import in_groups, stacked_shares
from components.formats import number, share_of
from components.panel import Panel
from domain.disclosure import Released
from domain.settings import Settings


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
    parts = ", ".join(
        f"{figure.label} {share_of(figure.met, figure.base)}" for figure in together.figures if figure.base
    )
    what = by_group.by[0].replace("_", " ")
    return Panel(
        key=key,
        title=f"How cases ended, by {what}. All together: {parts}" if parts else "No case has ended yet",
        figure=stacked_shares(by_group) if groups else None,
        alt=f"How cases ended in each {what}: {said}.",
        table=table_of(by_group),
        basis=basis_of(by_group, settings),
        notes=(f"Fewer than {_LOW_BASE} completed cases, so read with care: {', '.join(low)}.",)
        if low
        else (),
    )


_LOW_BASE = 30
"""Under this many, a share says little; the Essex report marks its tables 'low base' in the same way."""
