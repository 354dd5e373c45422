"""The screens of each item of an agenda, made of what was answered; nothing is read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from data_access.packs.frame import Frame
from domain.actions import ShownAction
from domain.agenda import agenda_item
from domain.base_words import as_at_words
from domain.contract_use import ContractUse
from domain.disclosure import Released
from domain.exceptions_kept import Causes
from domain.formats import sentence_case
from domain.kpis import Kpi
from domain.late_entry import Expected, LateEntry
from domain.meetings import Remark
from domain.pack import Screen, Takeaway
from domain.periods import month_end, parse_month
from domain.screens.actions import actions_screen, new_actions_screen
from domain.screens.complaints import complaints_screens
from domain.screens.data_quality import data_quality_screens
from domain.screens.escalations import Excused, escalations_screens, exceptions_screens
from domain.screens.feedback import feedback_screen
from domain.screens.kpi_rows import Judged
from domain.screens.kpis import kpi_screens
from domain.screens.limits_together import Timely
from domain.screens.marks import withheld_screen
from domain.screens.outcomes import endings_screen, headline_screen
from domain.screens.reasons import split_screen
from domain.screens.satisfaction import Before, satisfaction_screens
from domain.screens.timeliness import length_screen, limit_screens
from domain.screens.volumes import Volumes, referrals_screen, used_screen
from domain.settings import Contract, Target
from domain.survey_answers import Asked
from domain.table import Table
from domain.timeliness import timed_kpis

OF_A_CONTRACT: Final = (
    "How the cases of a contract are used month by month is for the commissioning team and its provider."
)


OF_ANOTHER: Final = "Other providers are shown together only, as the rest of the contract."
TOO_FINE: Final = "Choose one provider or one area, or all: more at once would tell small numbers apart."


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a meeting is made of.

    Parameters
    ----------
    found : the answers by item and name. judged : the statuses of the period and of the one before.
    late : how late cases become known. causes : agreed exceptions by KPI; None where they are not for the audience.
    example : what example or unsaved figures say of themselves.
    carried, agreed : actions brought along and those of this meeting. remarks : what is said beside screens.
    """

    frame: Frame
    found: Mapping[tuple[str, str], Released]
    judged: Judged
    late: LateEntry
    causes: Mapping[Kpi, Causes] | None
    example: str
    carried: tuple[ShownAction, ...]
    agreed: tuple[ShownAction, ...]
    remarks: Mapping[str, Remark]

    def of(self, item: str, name: str) -> Released:
        """One answer."""
        return self.found[item, name]

    def perhaps(self, item: str, name: str) -> Released | None:
        """One answer; None where it was not asked for."""
        return self.found.get((item, name))


def screens_of(item: str, answers: Answers) -> tuple[Screen, ...]:
    """The screens of one item."""
    return _SHOWN[item](answers)


def _actions(answers: Answers) -> tuple[Screen, ...]:
    return (actions_screen(answers.carried),)


def _new_actions(answers: Answers) -> tuple[Screen, ...]:
    return (new_actions_screen(answers.agreed),)


def _kpis(answers: Answers) -> tuple[Screen, ...]:
    frame = answers.frame
    room = frame.about.audience.provider
    # Nobody is told that there is nothing to judge where it is only not for them.
    if frame.gated and frame.by and not any(one.provider or one.area for one in answers.judged.now):
        other = room and frame.about.provider not in ("", room)
        if other or len(frame.by) > 1:
            return (withheld_screen("kpis", "kpis", "KPIs", OF_ANOTHER if other else TOO_FINE),)
    return kpi_screens(answers.judged, example=answers.example)


def _volumes(answers: Answers) -> tuple[Screen, ...]:
    frame = answers.frame
    over = answers.of("volumes", "over")
    referrals = Volumes(
        over,
        answers.of("volumes", "referrals_now"),
        answers.of("volumes", "referrals_then"),
        frame.period,
        frame.earlier,
        unfinished=frame.unfinished(over.by[0], frame.year),
        filling=_filling(answers),
        told=not frame.gated,
        silent=[one for one in (frame.period, frame.earlier) if frame.silent(one)],
    )
    used = (_used(answers, contract) for contract in frame.contracts())
    gone = (withheld_screen("volumes_used", "volumes", "Included cases used", OF_A_CONTRACT),)
    return (referrals_screen(referrals), *used, *(gone if frame.withholds_contracts else ()))


def _filling(answers: Answers) -> tuple[Expected, ...]:
    """The months to which late cases are still added, of those that are in from everybody."""
    frame = answers.frame
    gone = set(frame.not_reported(frame.year))
    came = dict.fromkeys((one for one in frame.year.months if one not in gone), 0)
    for one in answers.late.arrivals:
        if one.month in came:
            came[one.month] += one.cases
    return answers.late.expected(came)


def _used(answers: Answers, contract: Contract) -> Screen:
    frame = answers.frame
    accepted = answers.of("volumes", f"used_{contract.key}")
    by_month = {parse_month(one.keys[0]): one.met for one in accepted.figures if one.keys[0]}
    reported = dict(frame.coverage.months)[contract.provider]
    if accepted.not_given:
        # A quarter in totals says nothing of its months.
        in_totals = {
            month
            for key, period in frame.coverage.totals
            if key == contract.provider
            for month in period.months
        }
        reported = reported - in_totals
    use = ContractUse(contract, month_end(frame.as_at_of(contract)), by_month, reported)
    later = max(reported, default=0) > frame.as_at_of(contract)
    return used_screen(use, accepted, frame.settings.provider_label(contract.provider), later=later)


def _reasons(answers: Answers) -> tuple[Screen, ...]:
    return (split_screen("reasons", "reasons", answers.of("reasons", "split")),)


def _outcomes(answers: Answers) -> tuple[Screen, ...]:
    frame = answers.frame
    by_quarter = answers.of("outcomes", "by_quarter")
    return (
        endings_screen(frame.service, answers.of("outcomes", "ended")),
        headline_screen(
            by_quarter,
            answers.of("outcomes", "headline_now"),
            answers.of("outcomes", "headline_then"),
            frame.period,
            frame.earlier,
            unfinished=frame.unfinished("quarter", frame.quarters),
            wanted=_wanted(answers),
        ),
    )


def _wanted(answers: Answers) -> tuple[Kpi, Target] | None:
    """The KPI that is judged on the headline share, with its target."""
    headline = answers.frame.service.headline
    for one in answers.judged.now:
        if one.kpi.measure == headline and not one.kpi.by and one.target is not None:
            return one.kpi, one.target
    return None


def _timeliness(answers: Answers) -> tuple[Screen, ...]:
    frame = answers.frame
    timed = timed_kpis(frame.service.key)
    if not timed:
        return _lengths(answers)
    unfinished = frame.unfinished("quarter", frame.quarters)
    limits = [
        Timely(
            kpi,
            answers.of("timeliness", kpi.id),
            answers.perhaps("timeliness", f"{kpi.id}_adjusted"),
            answers.of("timeliness", f"{kpi.id}_now"),
            answers.of("timeliness", f"{kpi.id}_then"),
            unfinished,
        )
        for kpi in timed
    ]
    said = [key for key, remark in answers.remarks.items() if remark != Remark()]
    return limit_screens(limits, frame.period, frame.earlier, frame.settings, spoken_of=said)


def _lengths(answers: Answers) -> tuple[Screen, ...]:
    lengths = answers.frame.service.lengths
    if not lengths:
        return (_nothing("timeliness", "The returns of this service say nothing of how long things took"),)
    return tuple(
        length_screen(
            f"timeliness_{one.spread}",
            answers.of("timeliness", one.spread),
            answers.of("timeliness", one.median),
            answers.perhaps("timeliness", one.mean),
        )
        for one in lengths
    )


def _satisfaction(answers: Answers) -> tuple[Screen, ...]:
    frame = answers.frame
    providers = frame.selection.providers
    asked = Asked(frame.settings, frame.service.key, providers)
    whole = not frame.not_reported(frame.period) and not frame.not_reported(frame.earlier)
    before = Before(answers.of("satisfaction", "before"), frame.earlier.label, comparable=whole)
    return satisfaction_screens(answers.of("satisfaction", "answers"), asked, before)


def _complaints(answers: Answers) -> tuple[Screen, ...]:
    frame = answers.frame
    return complaints_screens(
        answers.of("complaints", "counts"),
        answers.of("complaints", "upheld"),
        answers.of("complaints", "subjects"),
        frame.period,
        unfinished=frame.unfinished("quarter", frame.quarters),
    )


def _escalations(answers: Answers) -> tuple[Screen, ...]:
    frame, found = answers.frame, list[Screen]()
    if any(one.exceptions for one in timed_kpis(frame.service.key)):
        reach = sentence_case(as_at_words(frame.own.as_at, frame.about.audience))
        excused = None
        if answers.causes is not None:
            excused = Excused(answers.causes, frame.settings.exceptions_cap, reach, answers.example)
        found += exceptions_screens(excused)
    if ("escalations", "counts") in answers.found:
        found += escalations_screens(
            answers.of("escalations", "counts"),
            answers.of("escalations", "reasons"),
            frame.period,
            unfinished=frame.unfinished("quarter", frame.quarters),
        )
    return tuple(found) or (
        _nothing("escalations", "The returns of this service say nothing of exceptions or escalations"),
    )


def _feedback(answers: Answers) -> tuple[Screen, ...]:
    said = answers.remarks.get("feedback", Remark())
    quote = said.quote if said.agreed else ""
    return (feedback_screen(said.comment, quote, said.quote_by if quote else ""),)


def _data_quality(answers: Answers) -> tuple[Screen, ...]:
    frame = answers.frame
    found = answers.perhaps("data_quality", "completeness")
    return data_quality_screens(found, frame.own.as_at, frame.about.audience)


def _nothing(item: str, why: str) -> Screen:
    label = agenda_item(item).label
    return Screen(item, item, label, Takeaway(why), Table((label,), ()))


_SHOWN: Final[Mapping[str, Callable[[Answers], tuple[Screen, ...]]]] = MappingProxyType(
    {
        "actions": _actions,
        "kpis": _kpis,
        "volumes": _volumes,
        "reasons": _reasons,
        "outcomes": _outcomes,
        "timeliness": _timeliness,
        "satisfaction": _satisfaction,
        "complaints": _complaints,
        "escalations": _escalations,
        "feedback": _feedback,
        "data_quality": _data_quality,
        "new_actions": _new_actions,
    }
)
