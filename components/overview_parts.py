"""The parts of the Overview that are not panels: a line for each service, key figures, changes, what to do next, ways on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.frame import section
from components.navigation import ADMINISTRATION, PAGES, is_open, link_to_page
from components.settings_frame import PART
from domain.base_words import base_words
from domain.disclosure import Figure, Released
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, counted, interval, listed, month, number, percent_of, share_of, unmarked
from domain.hidden_words import partly
from domain.kpi_words import councils_own, one_each
from domain.kpis import KpiStatus, kpis_of
from domain.measures import Better, Share
from domain.periods import Period, financial_year_of
from domain.services import Service
from domain.statistics import newcombe_difference, rate_ratio_clear
from domain.status import Status

JUDGED = frozenset({Status.GREEN, Status.AMBER, Status.RED})
"""What a KPI is when a target was held against a figure."""
_MOST = 4
"""So many missing returns, and so many red KPIs, are links of their own."""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service in one line. Without a `year` it has no return yet; `own_red` are the council's own duties.

    `judged` says how many KPIs have a status that says something: none red of none judged is no good news. `unfinished` is a year of
    which some return has not come. `whose` figures they are, where somebody sees a part only.
    """

    service: Service
    year: Period | None = None
    referred: int = 0
    red: int = 0
    own_red: int = 0
    judged: int = 0
    outstanding: int = 0
    unfinished: bool = False
    whose: str = ""

    @property
    def words(self) -> str:
        """'SEND mediation: 636 referrals in 2024/25; 2 KPIs red; no return outstanding up to Mar 2025'."""
        if self.year is None:
            return f"{self._name}: no return yet"
        so_far = " so far" if self.unfinished else ""
        parts = [f"{counted(self.referred, 'referral')} in {year_words(self.year)}{so_far}"]
        if self.red:
            parts.append(f"{counted(self.red, 'KPI')} red")
        elif kpis_of(self.service.key):
            parts.append("no KPI red" if self.judged else "no KPI can be judged yet")
        if self.own_red:
            parts.append(f"{number(self.own_red)} of the council's own duties red")
        parts.append(
            f"{counted(self.outstanding, 'return')} outstanding"
            if self.outstanding
            else f"no return outstanding up to {month(self.year.last_month)}"
        )
        return f"{self._name}: {'; '.join(parts)}"

    @property
    def _name(self) -> str:
        return f"{self.service.label} ({self.whose})" if self.whose else self.service.label


def year_words(year: Period) -> str:
    """Twelve months in words: '2024/25' from April to March, else 'the 12 months to Oct 2018'."""
    if year.start.month == 4:
        return financial_year_of(year.first_month).replace("-", "/")
    return f"the 12 months to {month(year.last_month)}"


def show_services(lines: Sequence[ServiceLine], chosen: Service) -> None:
    """One line for each service, where there are several; those that are not shown below are links to it."""
    if len(lines) < 2:
        return
    with st.container(key="service_lines", gap="xsmall"):
        for line in lines:
            if line.service == chosen:
                st.markdown(f"**{unmarked(line.words)}** (shown below)")
            else:
                link_to_page(
                    "overview.py",
                    label=unmarked(line.words),
                    icon=":material/arrow_forward:",
                    query_params={"service": [line.service.key]},
                )


def show_key_figures(
    recent: tuple[Period, Released] | None,
    yearly: tuple[Period, Released],
    live: Released,
    rate: Released,
    *,
    unfinished: bool = False,
) -> None:
    """The volumes and the headline share side by side, each with what it rests on.

    Parameters
    ----------
    recent, yearly : referrals of the latest quarter that is all in, and of the last twelve months.
    unfinished : whether a return of those twelve months has not come, so that they may be too low.
    """
    grid = st.grid("auto", min_column_width=210, key="key_figures")
    share = rate.total
    limits = f"95% limits {interval(share.low, share.high)}. " if share and share.base else ""
    made_of = f"{number(share.met)} of {number(share.base)}. " if share else ""
    figures = [
        (f"Referrals, {period.label}", _amount(figure), _rests_on(figure))
        for period, figure in ([recent] if recent else [])
    ]
    figures += [
        (
            f"Referrals in {year_words(yearly[0])}{' so far' if unfinished else ''}",
            _amount(yearly[1]),
            _rests_on(yearly[1]),
        ),
        ("Live cases", _amount(live), f"At the end of {month(live.at)}. {_rests_on(live)}"),
        (
            f"{rate.measure.label}, {rate.selection.months_in_words}",
            HIDDEN if share is None and partly(rate) else percent_of(*_parts(share)),
            f"{made_of}{limits}{_rests_on(rate)}",
        ),
    ]
    for place, (label, value, words) in enumerate(figures):
        with grid.container(border=True, height="stretch", key=f"key_figure_{place}"):
            # A label of the metric itself would be cut off where it is long.
            st.markdown(f"**{unmarked(label)}**")
            st.metric(label, value, label_visibility="collapsed")
            st.caption(unmarked(words))


def _amount(figure: Released) -> str:
    """How many; nothing where only totals that do not give it were sent, and the mark of what is hidden."""
    if figure.total is None and partly(figure):
        return HIDDEN
    return NOTHING if figure.not_given and figure.total is None else number(_met(figure))


def _rests_on(figure: Released) -> str:
    """What it rests on; why it is not shown, where it may not be."""
    return f"Not shown to this audience. {figure.withheld}" if figure.withheld else base_words(figure)


def _parts(share: Figure | None) -> tuple[int, int]:
    return (share.met, share.base) if share else (0, 0)


def _met(figure: Released) -> int:
    return figure.total.met if figure.total else 0


def change_words(now: Released, before: Released) -> str:
    """One figure that clearly changed, in words; blank where the limits of the difference leave room for no change."""
    new, old = now.total, before.total
    if new is None or old is None or now.not_given or before.not_given:
        return ""
    measure = now.measure
    if isinstance(measure, Share):
        if not new.base or not old.base:
            return ""
        share = newcombe_difference(new.met, new.base, old.met, old.base)
        if not share.clear:
            return ""
        higher = share.value > 0
        verdict = {Better.HIGHER: higher, Better.LOWER: not higher}.get(measure.better)
        word = "" if verdict is None else " (better)" if verdict else " (worse)"
        return (
            f"{measure.label}: {'higher' if higher else 'lower'}{word}, {share_of(new.met, new.base)}; "
            f"it was {share_of(old.met, old.base)}"
        )
    ratio = rate_ratio_clear(new.met, 1, old.met, 1)
    if not ratio.clear:
        return ""
    return f"{measure.label}: {'more' if ratio.value > 1 else 'fewer'}, {number(new.met)}; it was {number(old.met)}"


def show_changes(
    now: Sequence[Released], before: Sequence[Released], period: Period | None, earlier: Period | None
) -> None:
    """What clearly changed between two periods of the same length, both in from every provider."""
    if period is None or earlier is None:
        section("What changed")
        st.markdown("Nothing can be compared yet: it takes two quarters whose returns are all in.")
        return
    found = [words for new, old in zip(now, before, strict=True) if (words := change_words(new, old))]
    section(
        f"{'What clearly changed' if found else 'No clear change'}: {period.label} against {earlier.label}"
    )
    if found:
        st.markdown("\n".join(f"- {unmarked(words)}" for words in found))
    looked = [
        figure.measure.label[:1].lower() + figure.measure.label[1:]
        for figure, old in zip(now, before, strict=True)
        if not ((partly(figure) and figure.total is None) or (partly(old) and old.total is None))
    ]
    if not looked:
        st.markdown("Nothing can be compared: numbers of both quarters are hidden from this audience.")
        return
    st.caption(
        unmarked(
            f"Looked at: {listed(looked, len(looked))}. A change is said only where its 95% limits leave out zero; "
            "about one figure in 20 would pass by chance alone."
        )
    )


def show_outstanding(outstanding: Sequence[str], whose: str = "") -> None:
    """Whose returns are due and have not come; `whose` of them somebody sees, where those are not all."""
    section(
        "Returns outstanding" if outstanding else "No return is outstanding up to the latest period reported"
    )
    if outstanding:
        st.markdown(
            f"{counted(len(outstanding), 'return')} due and not received; these months may be too low."
        )
        st.markdown("\n".join(f"- {unmarked(words)}" for words in outstanding))
    else:
        st.markdown(
            unmarked(
                f"{f'Looked at: {whose}. ' if whose else ''}"
                f"{'Every return' if whose else 'Every return of every provider under contract'} up to the latest period "
                "reported has come. What is due since then stands on the Returns page."
            )
        )


def next_steps(
    service: Service, outstanding: Sequence[str], statuses: Sequence[KpiStatus]
) -> list[tuple[str, str, dict[str, list[str]]]]:
    """What to do next: words, the file of the page, and what its address says."""
    here = {"service": [service.key]}
    steps = [(f"Upload the return of {words}", "upload.py", here) for words in outstanding[:_MOST]]
    statuses = one_each(statuses)
    red = [status.kpi for status in statuses if status.status is Status.RED]
    steps += [
        (f"Look at the red KPI: {kpi.name}", "kpis.py", here | {"kpi": [kpi.id]})
        for kpi in [kpi for kpi in red if not councils_own(kpi)][:_MOST]
    ]
    if (more := sum(not councils_own(kpi) for kpi in red) - _MOST) > 0:
        steps.append((f"Look at the other red KPIs: {number(more)} more", "kpis.py", here))
    if own := [kpi.name for kpi in red if councils_own(kpi)]:
        steps.append((f"Look at the council's own duties: {listed(own)}", "kpis.py", here))
    if lacking := sum(status.status is Status.NO_TARGET for status in statuses):
        wanted = f"{counted(lacking, 'KPI')} {'has' if lacking == 1 else 'have'} none"
        steps.append((f"Set targets: {wanted}", "settings.py", {PART: ["targets"]}))
    return steps


def show_next(steps: Sequence[tuple[str, str, dict[str, list[str]]]]) -> None:
    """What to do next, as links; nothing for somebody who may do none of it."""
    if steps and not any(is_open(file) for _, file, _ in steps):
        return
    section("What to do next")
    for label, file, query in steps:
        link_to_page(file, label=unmarked(label), icon=":material/task_alt:", query_params=query)
    if not steps:
        st.markdown(
            "Nothing waits: no return is outstanding up to the latest period reported, and nothing is red."
        )


def show_ways_on(link: Mapping[str, Sequence[str]]) -> None:
    """Links to the other pages that keep what is chosen."""
    section("Look further")
    for entry in PAGES[1:]:
        if entry.section == ADMINISTRATION or entry.hidden:
            continue
        link_to_page(
            entry.file,
            label=entry.help
            if entry.title.endswith("?")
            else f"{entry.title}: {entry.help[:1].lower()}{entry.help[1:]}",
            icon=entry.icon,
            query_params={name: list(values) for name, values in link.items()},
        )
