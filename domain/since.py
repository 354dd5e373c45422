"""What has changed between a pack as it was shown and the same one now: figure by figure, in words that give both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from domain.access import Audience
from domain.figure import SMALL
from domain.figure_table import HIDDEN
from domain.formats import NOTHING, number
from domain.hidden_words import IS_HIDDEN
from domain.kpis import kpis_of
from domain.measures import Average, Count, Measure, Rate, measures_of
from domain.pack import MeetingPack, PackFigure
from domain.rounding import percent

TOO_SMALL: Final = "changed since by fewer than may be shown to this audience"
"""Two figures side by side tell how many came between them: where those are few, the second one is not said beside the first."""
_MOST_DIGITS: Final = 4
_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_A_SHARE: Final = re.compile(r"[\d.]+% \([\d,]+ of [\d,]+\)")


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure that stands otherwise now. `words` give it as it was shown and as it is; they begin in the middle of a sentence."""

    key: str
    label: str
    words: str

    @property
    def sentence(self) -> str:
        """'Homelessness prevented: 82.0% (41 of 50) shown, now 82.7% (43 of 52): two more cases count.'"""
        return f"{self.label}: {self.words}."


def changes(shown: MeetingPack, now: MeetingPack, *, small: int = SMALL) -> tuple[Changed, ...]:
    """Every figure of a pack that stands otherwise now, in the order in which it was shown; empty where none does.

    Parameters
    ----------
    shown : as it was frozen. now : of the same meeting, read again. small : under which numbers are hidden from other audiences.

    Raises
    ------
    ValueError
        When they are of different services, providers, areas, months or audiences: they would not be the same figures.
    """
    for name in ("service", "provider", "area", "period", "audience"):
        if getattr(shown, name) != getattr(now, name):
            raise ValueError(f"the two packs differ in their {name}, so that their figures are not the same")
    hidden_under = small if Audience.parse(shown.audience).gated else 0
    before, after = shown.figures, now.figures
    found = [
        Changed(key, then.label, words)
        for key, then in before.items()
        if (_compared(then, key, shown) or _came(then, after.get(key), key, shown))
        and (words := _words(then, after.get(key), shown.service, hidden_under))
    ]
    return (*found, *_new(shown, now))


def change_of(then: PackFigure, now: PackFigure, service: str, *, hidden_under: int = 0) -> str:
    """What changed in one figure of the same months, in words; blank where nothing did.

    `hidden_under` is the number under which a difference is not said; 0 for the commissioning team.
    """
    return _words(then, now, service, hidden_under)


def _compared(figure: PackFigure, key: str, pack: MeetingPack) -> bool:
    """Whether a figure is one of its own: not words beside another, nor one said a second time, nor how many actions."""
    head, at, period = key.partition("@")
    if (at and period == pack.period.key and head in pack.figures) or head.startswith("actions:"):
        return False
    if head.startswith("exceptions:") and head.endswith((":raw", ":adjusted")):
        # The screen of KPIs has it under its own key.
        own = head.removeprefix("exceptions:").removesuffix(":raw")
        return own not in pack.figures
    return figure.shown == HIDDEN or not _only_words(figure) or key.endswith(":target")


def _came(then: PackFigure, now: PackFigure | None, key: str, pack: MeetingPack) -> bool:
    """Whether there was nothing to show, as before a return was in, and now there is."""
    return then.shown == NOTHING and now is not None and _compared(now, key, pack)


def _only_words(figure: PackFigure) -> bool:
    return figure.met is None and figure.base is None


def _new(shown: MeetingPack, now: MeetingPack) -> tuple[Changed, ...]:
    """Figures that stand on a screen that was shown, and did not stand there then."""
    screens = {screen.key for screen in shown.screens if not screen.withheld}
    before = shown.figures
    return tuple(
        Changed(one.key, one.label, f"not shown then, now {_now(one)}")
        for screen in now.screens
        if screen.key in screens
        for one in screen.figures
        if one.key not in before and not _only_words(one) and _compared(one, one.key, now)
    )


def _now(figure: PackFigure) -> str:
    return f"{figure.shown}, {figure.status.lower()}" if figure.status else figure.shown


def _words(then: PackFigure, now: PackFigure | None, service: str, hidden_under: int) -> str:
    if now is None:
        return "" if then.shown == HIDDEN else f"{then.shown} shown, no longer among the figures"
    if NOTHING in (then.shown, now.shown) and then.shown != now.shown:
        return f"{_or_nothing(then)} shown, now {_or_nothing(now, _now(now))}"
    if then.shown == HIDDEN or now.shown == HIDDEN:
        return _hidden(then, now)
    status = ""
    if then.status and now.status and then.status != now.status:
        status = f"{then.status.lower()} then, {now.status.lower()} now"
    if _same(then, now):
        return f"{then.shown}, {status}" if status else ""
    if _too_small(then, now, hidden_under):
        said = f"{then.shown} shown, {TOO_SMALL}"
    else:
        old, new = _pair(then, now)
        said = f"{old} shown, now {new}"
        if more := _more(then, now, service):
            said = f"{said}: {more}"
    return f"{said}; {status}" if status else said


def _or_nothing(figure: PackFigure, said: str = "") -> str:
    if figure.shown == NOTHING and said:
        return f"nothing, {figure.status.lower()}" if figure.status else "nothing"
    return {NOTHING: "nothing", HIDDEN: IS_HIDDEN}.get(figure.shown, said or figure.shown)


def _hidden(then: PackFigure, now: PackFigure) -> str:
    if then.shown == now.shown:
        return ""
    if then.shown == HIDDEN:
        return f"hidden when it was shown, now {_now(now)}"
    return f"{then.shown} shown, now {IS_HIDDEN}"


def _same(then: PackFigure, now: PackFigure) -> bool:
    """Whether the numbers are the same; of what has none, the words."""
    if _only_words(then) and _only_words(now):
        return then.shown == now.shown
    if (then.met, then.base) != (now.met, now.base):
        return False
    # A count is the same whatever else has been counted beside it.
    values = [round(one.value, 9) if one.value is not None else None for one in (then, now)]
    return (then.met is not None and then.base is None) or values[0] == values[1]


def _too_small(then: PackFigure, now: PackFigure, hidden_under: int) -> bool:
    """Whether the two together tell of fewer than may be shown."""
    counts = [
        [one.met, one.base, None if one.met is None or one.base is None else one.base - one.met]
        for one in (then, now)
    ]
    moved = (abs(a - b) for a, b in zip(*counts, strict=True) if a is not None and b is not None)
    return any(0 < count < hidden_under for count in moved)


def _pair(then: PackFigure, now: PackFigure) -> tuple[str, str]:
    """Both as they are written, with decimals enough that a change is seen."""
    if all(_A_SHARE.fullmatch(one.shown) and one.base for one in (then, now)):
        digits = 1
        while digits < _MOST_DIGITS and _alike(then, now, digits):
            digits += 1
        return _share(then, digits), _share(now, digits)
    if then.shown == now.shown and then.value is not None and now.value is not None:
        digits = 1
        while digits < _MOST_DIGITS and number(then.value, digits) == number(now.value, digits):
            digits += 1
        return f"{then.shown} ({number(then.value, digits)})", number(now.value, digits)
    return then.shown, now.shown


def _alike(then: PackFigure, now: PackFigure, digits: int) -> bool:
    """Whether two shares that differ would be written alike, or one as none or all that is not."""
    met, base, met_now, base_now = (int(one or 0) for one in (then.met, then.base, now.met, now.base))
    differ = met * base_now != met_now * base
    looks = [percent(met, base, digits), percent(met_now, base_now, digits)]
    not_all = any(
        0 < m < b and look in (0, 100)
        for m, b, look in zip((met, met_now), (base, base_now), looks, strict=True)
    )
    return (differ and looks[0] == looks[1]) or not_all


def _share(figure: PackFigure, digits: int) -> str:
    met, base = int(figure.met or 0), int(figure.base or 0)
    return f"{percent(met, base, digits)}% ({number(met)} of {number(base)})"


def _more(then: PackFigure, now: PackFigure, service: str) -> str:
    """How many more or fewer count: 'two more cases count'; blank where that is not known."""
    one, many = _unit(then.key, service)
    if then.base is None or now.base is None or not _of_cases(then.key, service):
        if then.met is None or now.met is None or now.met == then.met:
            return ""
        return f"{_count(abs(now.met - then.met))} {'more' if now.met > then.met else 'fewer'}"
    if now.base != then.base:
        moved = abs(now.base - then.base)
        which = "more" if now.base > then.base else "fewer"
        return f"{_count(moved)} {which} {one if moved == 1 else many} {'counts' if moved == 1 else 'count'}"
    if then.met is None or now.met is None or then.met == now.met:
        return ""
    which = "more" if now.met > then.met else "fewer"
    return f"as many {many} count, and {_count(abs(now.met - then.met))} {which} of them towards it"


def _count(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else number(count)


def _of_cases(key: str, service: str) -> bool:
    """Whether a figure's base is the cases it counts: not what a contract includes, nor what a rate is divided by."""
    return not key.startswith("used:") and not isinstance(_measure(key, service), Count | Rate)


def _measure(key: str, service: str) -> Measure | None:
    """The measure of a figure, or of its KPI, by what its key begins with; None where it has none."""
    head = re.split("[:@]", key)[0]
    kpi = next((one for one in kpis_of(service) if one.id == head), None)
    wanted = kpi.measure if kpi is not None else head
    return next((one for one in measures_of(service) if one.key == wanted), None)


def _unit(key: str, service: str) -> tuple[str, str]:
    """What a figure counts, one and several, by the measure or the KPI that its key begins with."""
    if re.split("[:@]", key)[0] in ("kpis", "kpis_council"):
        return "KPI", "KPIs"
    found = _measure(key, service)
    many = "cases" if found is None else found.spread.unit if isinstance(found, Average) else found.unit
    return f"{many.removesuffix('ies')}y" if many.endswith("ies") else many.removesuffix("s"), many
