"""What a status of a KPI is made from, apart from its figure: whose it is, for which period, and how much of it is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data_access.coverage import Coverage
from domain.access import Viewer
from domain.disclosure import Figure, Released
from domain.kpis import Adjusted, Kpi, KpiStatus, is_clear
from domain.measures import Count, Share, measure
from domain.periods import Period
from domain.settings import ADJUSTED, Settings, Target
from domain.status import Verdict, clear_of_target
from domain.whose import areas_seen, providers_seen, whose


@dataclass(frozen=True, slots=True)
class Judging:
    """What all statuses of one question have in common.

    `period` is the one judged and `over` the months counted: the same, or the twelve months that end with it where `rolling`.
    """

    settings: Settings
    coverage: Coverage
    viewer: Viewer
    period: Period
    over: Period
    by: tuple[str, ...]
    rolling: bool

    def part_seen(self, kpi: Kpi) -> tuple[str, str]:
        """The provider whose figures are all that somebody sees, and what they see in words; blank where that is the whole programme.

        What the council itself answers for stands in no provider's row. An area that is named stands beside, so areas are not said
        again.
        """
        seen = providers_seen(self.settings, kpi.service)
        whole_areas = not areas_seen(self.settings, kpi.service)
        alone = seen[0] if len(seen) == 1 and whole_areas and kpi.accountable != "council" else ""
        if "area" not in self.by:
            return alone, whose(self.settings, kpi.service)
        return alone, ", ".join(self.settings.provider_label(key) for key in seen)

    def status(
        self,
        kpi: Kpi,
        named: Mapping[str, str],
        shown: Figure | None,
        target: Target | None,
        to_date: float | None,
        verdict: Verdict,
        *,
        category: tuple[str, str] = ("", ""),
        adjusted: Adjusted | None = None,
    ) -> KpiStatus:
        """The status of one figure of one group; `named` are the keys of the group, `shown` the figure or None."""
        provider, area = named.get("provider", ""), named.get("area", "")
        alone, together = self.part_seen(kpi)
        status, why, few, clear = verdict.status, verdict.why, verdict.few, is_clear(kpi, shown, target)
        if adjusted is not None and target is not None and target.judged_on == ADJUSTED:
            # Chance and few cases are said of the figure that gives the status: green of one and 'clearly below' of the other
            # would contradict each other.
            status, few = adjusted.status, adjusted.few
            why = f"Without the cases that an agreed exception takes out: {adjusted.why}"
            clear = clear_of_target(adjusted.met or 0, adjusted.base, target.value) if adjusted.base else None
        return KpiStatus(
            kpi=kpi,
            provider=provider or alone,
            area=area,
            provider_label=self.settings.provider_label(provider) if provider else together,
            area_label=self.settings.area_label(area) if area else "",
            period=self.over,
            rolling=self.rolling,
            met=shown.met if shown else None,
            base=shown.base if shown else None,
            value=_value(kpi, shown),
            target=target,
            target_to_date=to_date,
            status=status,
            why=why,
            few=few,
            clear_of_target=clear,
            unrecorded=_unrecorded(kpi, shown),
            category=category[0],
            category_label=category[1],
            adjusted=adjusted,
            divisor=shown.divisor if shown else None,
        )


def _value(kpi: Kpi, shown: Figure | None) -> float | None:
    if shown is None:
        return None
    return float(shown.met) if isinstance(measure(kpi.measure, kpi.service), Count) else shown.value


def _unrecorded(kpi: Kpi, figure: Figure | None) -> int:
    """Cases of which a share asks something that nobody wrote down; they are outside its base."""
    declared = measure(kpi.measure, kpi.service)
    asks = isinstance(declared, Share) and declared.asks
    return figure.missing + figure.unsure if figure and asks else 0


def why_hidden(parts: Iterable[Released | None], keys: tuple[str, ...]) -> str:
    """Why an audience may not see a figure, or what is judged beside it; blank where it may."""
    for released in parts:
        if released is not None and released.withheld:
            return released.withheld
        if released is not None and any(one.keys == keys for one in released.hidden):
            return "Hidden, so that nobody can be recognised in a small number."
    return ""
