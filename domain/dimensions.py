"""What a figure may be grouped and limited by, with the order and the words of every group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from domain.completeness_kind import FIELD, MATCHED
from domain.fields import (
    ACTIVITIES,
    AGREEMENTS,
    CASE_FIELDS,
    COMPLAINTS,
    SATISFACTION,
    STAFF,
    Field,
    Kind,
    Sheet,
    case_field,
)
from domain.measure_kinds import SHEET_OF
from domain.measures import MEASURES, Average, Completeness, Measure, Rate, Spread
from domain.periods import TIME_KEYS, time_key, time_label
from domain.services import SERVICES
from domain.settings import UNKNOWN_AREA, Settings
from domain.vocabulary import CodeList, absent_codes, plain

ALIASES = {"district": "area", "question": "question_code"}
"""Other names under which a grouping may be asked for."""

BANDS: dict[str, tuple[tuple[str, str, int | None], ...]] = {
    "days_of_support_band": (
        *(
            (f"up_to_{7 * w:03d}", f"Up to {w} week{'s' if w > 1 else ''}", 7 * w)
            for w in (*range(1, 13), 16, 20, 24)
        ),
        ("more", "More than 24 weeks", None),
    ),
    "days_to_outcome_band": (
        ("up_to_014", "Up to 2 weeks", 14),
        ("up_to_030", "15 to 30 days", 30),
        ("up_to_060", "31 to 60 days", 60),
        ("up_to_090", "61 to 90 days", 90),
        ("more", "More than 90 days", None),
    ),
}
"""Bands of a spread: key, label and the highest value inside (None: no highest). Days of support:
Essex Trailblazers report, Table 4; days to an outcome: ours, round the 30 days of the regulations."""

NO_DATE = "No date"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One grouping: its key and what a person reads. `whole` groups by the whole values of a spread."""

    key: str
    label: str
    field: Field | None = None
    whole: bool = False

    @property
    def timed(self) -> bool:
        """Whether it groups by time."""
        return self.key in TIME_KEYS


def _plain_label(key: str) -> str:
    return key.replace("_", " ").capitalize()


_OTHER = (*ACTIVITIES, *AGREEMENTS, *SATISFACTION, *COMPLAINTS, *STAFF)

DIMENSIONS: tuple[Dimension, ...] = (
    *(Dimension(key, _plain_label(key)) for key in TIME_KEYS),
    Dimension("service", "Service"),
    Dimension("provider", "Provider"),
    Dimension(FIELD, "Column of the return"),
    *(Dimension(f.key, f.label, f) for f in CASE_FIELDS if f.coded or f.kind is Kind.AREA),
    *(Dimension(f.key, f.label, f) for f in _OTHER if f.coded or f.kind is Kind.QUESTION),
    *(Dimension(key, _plain_label(key.removesuffix("_band"))) for key in BANDS),
    *dict.fromkeys(Dimension(m.key, m.label, whole=True) for m in MEASURES if isinstance(m, Spread)),
)


@lru_cache(maxsize=500)
def dimension(key: str) -> Dimension:
    """The grouping with this key or alias.

    Raises
    ------
    KeyError
        When there is none; the message names those there are.
    """
    wanted = ALIASES.get(key, key)
    for declared in DIMENSIONS:
        if declared.key == wanted:
            return declared
    raise KeyError(f"'{key}' is not something to group by; there is {', '.join(d.key for d in DIMENSIONS)}")


def check_grouping(measure: Measure, key: str) -> None:
    """Refuse what a measure cannot be grouped or limited by, so that nobody is shown a figure of something else.

    Raises
    ------
    KeyError
        When nothing is called so.
    ValueError
        When the measure's rows do not hold it; the message says why not, or what to ask for instead.
    """
    wanted = dimension(key)
    if isinstance(measure, Rate):
        # Whoever is counted above must be told apart below, or the groups would not be of the same people.
        check_grouping(measure.over, key)
        check_grouping(measure.of, key)
        return
    spread = measure.spread if isinstance(measure, Average) else measure
    if wanted.key == FIELD and not isinstance(measure, Completeness):
        raise ValueError(
            f"'{measure.label}' is about {measure.unit}, and only how completely records are filled is known by column"
        )
    if wanted.timed and measure.at_a_date:
        raise ValueError(
            f"'{measure.label}' is how many there are at the end of a month, so it cannot be given by {wanted.label.lower()}; "
            "choose the month instead"
        )
    if wanted.whole and wanted.key != spread.key:
        raise ValueError(
            f"'{measure.label}' cannot be given by {wanted.label.lower()}; ask for '{wanted.key}' itself"
        )
    field = wanted.field
    if field is None:
        return
    own = SHEET_OF[spread.table]
    if field.sheet not in (Sheet.CASES, Sheet.SUPPLEMENT, own) or (
        own is Sheet.STAFF and field.sheet is not own
    ):
        raise ValueError(
            f"'{measure.label}' is about {measure.unit}, and {wanted.label.lower()} is known of {field.sheet.lower()} only"
        )
    if not field.services & set(measure.services):
        raise ValueError(f"{wanted.label} is not asked for in the service that '{measure.label}' is about")


def band_of(bands: str, value: int) -> str:
    """The key of the band that a whole value falls in."""
    return next(key for key, _, highest in BANDS[bands] if highest is None or value <= highest)


def _codes(wanted: Dimension, service: str) -> CodeList | None:
    """The answers of a coded grouping, of one service where it is known and has the field."""
    field = wanted.field
    if field is None or not field.coded:
        return None
    return field.code_list_for(service) if service in field.services else field.code_list


def group_label(key: str, code: str, settings: Settings, service: str = "") -> str:
    """What a person reads for one group of a grouping; some lists and the survey's questions depend on the service."""
    wanted = dimension(key)
    if code == "":
        return NO_DATE if wanted.timed else "Not recorded"
    if wanted.key == FIELD:
        return _column_label(code, service)
    if wanted.timed:
        return time_label(wanted.key, code)
    if wanted.key == "area":
        return settings.area_label(code)
    if wanted.key == "provider":
        return settings.provider_label(code)
    if wanted.key == "service":
        return next((s.label for s in SERVICES if s.key == code), code)
    if wanted.key in BANDS:
        return next(label for band, label, _ in BANDS[wanted.key] if band == code)
    if wanted.field is not None and wanted.field.kind is Kind.QUESTION:
        return settings.question_label(service, code)
    codes = _codes(wanted, service)
    return codes.label(code) if codes else code


def _column_label(code: str, service: str) -> str:
    """What a person reads for a column of the cases, or for the row of activities beside them."""
    if code == MATCHED:
        return "Activities whose case is known"
    own = (f.label for f in CASE_FIELDS if f.key == code and service in f.services)
    return next(own, case_field(code).label)


def group_order(key: str, code: str, settings: Settings, service: str = "") -> tuple[int, str]:
    """The place of one group in its list: list order for codes, areas and providers; time order; whole values by size."""
    wanted = dimension(key)
    if code == "":
        return 1_000_000, ""
    if wanted.key == "area":
        found = settings.area(code)
        return (found.order if found else 9_999) + (100_000 if code == UNKNOWN_AREA else 0), code
    if wanted.key == "provider":
        keys = [p.key for p in settings.providers]
        return keys.index(code) if code in keys else 9_999, code
    if wanted.key == FIELD:
        named = [f.key for f in CASE_FIELDS]
        return (named.index(code) if code in named else 9_999), code
    if wanted.key in BANDS:
        return [band for band, _, _ in BANDS[wanted.key]].index(code), code
    if codes := _codes(wanted, service):
        return codes.order(code), code
    if wanted.field is not None and wanted.field.kind is Kind.QUESTION:
        return settings.question_order(service, code), code
    if wanted.whole:
        return int(code), code
    return 0, code


def find_code(key: str, text: str, settings: Settings, service: str = "") -> str:
    """The key of the group meant by a typed code or label, such as 'Harlow' or 'Self-referral into service'.

    Raises
    ------
    KeyError
        When nothing can be limited by `key`.
    ValueError
        When no group is meant; the message names some that there are.
    """
    try:
        wanted = dimension(key)
    except KeyError:
        if case_field(key).kind is not Kind.WHOLE:
            raise
        if not text.isdigit():
            raise ValueError(f"'{text}' is not a whole number, and {key} holds whole numbers") from None
        return text
    found: str | None = text
    choices: list[str] = []
    if wanted.key == "area":
        found, choices = settings.find_area(text), [a.label for a in settings.areas]
    elif wanted.key == "provider":
        found, choices = settings.find_provider(text), [p.label for p in settings.providers]
    elif wanted.key == "service":
        found = next((s.key for s in SERVICES if plain(text) in (plain(s.key), plain(s.label))), None)
        choices = [s.label for s in SERVICES]
    elif wanted.key in BANDS:
        found = next(
            (band for band, label, _ in BANDS[wanted.key] if plain(text) in (plain(band), plain(label))), None
        )
        choices = [band for band, _, _ in BANDS[wanted.key]]
    elif wanted.timed:
        found = text if _is_time_key(wanted.key, text) else None
        choices = [time_key(wanted.key, 201804)]
    elif codes := _codes(wanted, service):
        found = codes.find(text) or next(
            (k for k, label in absent_codes().items() if plain(text) in (plain(k), plain(label))), None
        )
        choices = [code.label for code in codes.entries]
    if found is None:
        raise ValueError(f"'{text}' is not a {wanted.label.lower()}; there is {', '.join(choices)}")
    return found


def _is_time_key(grouping: str, text: str) -> bool:
    return bool(text[:4].isdigit()) and any(
        time_key(grouping, int(text[:4]) * 100 + month) == text for month in range(1, 13)
    )
