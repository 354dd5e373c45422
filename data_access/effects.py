"""What a checked return would change: its provider's figures and KPI statuses. Nothing is saved."""

from __future__ import annotations

from data_access.coverage import read_coverage
from data_access.previews import preview_return
from data_access.questions import Question
from data_access.settings import read_settings
from data_access.stores import Store
from domain.access import Audience, Viewer
from domain.disclosure import release
from domain.effects import Change, Effect, KpiChange
from domain.kpis import Kpi, judged, kpis_of, target_for
from domain.measures import Stock, measure
from domain.returns import COUNCIL, Return
from domain.selection import Selection
from domain.services import service
from domain.settings import Settings


def read_effect(store: Store, new: Return, viewer: Viewer, audience: Audience) -> Effect:
    """Work out what saving a return would change. The database stays as it was.

    Raises
    ------
    Refused
        When the return could not be saved either; the message says why.
    """
    settings = read_settings(store)
    # The council's supplement is about the cases of all providers, and moves what the council itself answers for.
    from_council = new.provider == COUNCIL
    whose = "" if from_council else new.provider
    every = Selection(new.service, providers=(whose,) if whose else ())
    figures = ("referrals", service(new.service).headline, "live_cases")
    judged_here = [
        k
        for k in kpis_of(new.service)
        if not k.programme_only and (k.accountable == "council") is from_council
    ]
    questions = [
        *(_question(key, every.during(new.period), new) for key in figures),
        *(_question(key, every, new) for key in figures[:2]),
        *(_question(k.measure, every.during(new.period), new) for k in judged_here),
    ]
    preview = preview_return(store, new, questions, viewer)
    before = [release(tally, audience) for tally in preview.before]
    after = [release(tally, audience) for tally in preview.after]
    changes = [Change(old, new_one) for old, new_one in zip(before, after, strict=True)]
    reported = read_coverage(store, viewer, service=new.service).has(whose, new.period)
    split = len(questions) - len(judged_here)
    return Effect(
        preview.version,
        tuple(changes[: len(figures)]),
        tuple(changes[len(figures) : split]),
        tuple(
            _kpi_change(kpi, change, new, settings, reported=reported)
            for kpi, change in zip(judged_here, changes[split:], strict=True)
        ),
        not reported,
    )


def _question(key: str, selection: Selection, new: Return) -> Question:
    if isinstance(measure(key, new.service), Stock):
        return Question(key, (), selection.during(None), at=new.period.last_month)
    return Question(key, (), selection)


def _kpi_change(kpi: Kpi, change: Change, new: Return, settings: Settings, *, reported: bool) -> KpiChange:
    whose = "" if new.provider == COUNCIL else new.provider
    target = target_for(settings.targets, kpi, whose, new.period.end)
    old, now = change.before.total, change.after.total
    before, _ = judged(kpi, old, target, new.period, returned=reported)
    after, _ = judged(kpi, now, target, new.period, returned=True)
    return KpiChange(kpi, before, after, old if reported else None, now)
