"""What a figure may be grouped and limited by, with the order and the words of every group."""

from __future__ import annotations

from dataclasses import dataclass

from domain.fields import ACTIVITIES, CASES, Field, Kind, case_field
from domain.measures import MEASURES, Average, Measure, Spread, Stock, Table
from domain.periods import TIME_KEYS, time_key, time_label
from domain.services import SERVICES
from domain.settings import UNKNOWN_AREA, Settings
from domain.vocabulary import absent_codes, plain

ALIASES = {"district": "area"}
"""Other names under which a grouping may be asked for."""

BANDS: dict[str, tuple[tuple[str, str, int | None], ...]] = {
    "days_of_support_band": (
        *(
            (f"up_to_{7 * w:03d}", f"Up to {w} week{'s' if w > 1 else ''}", 7 * w)
            for w in (*range(1, 13), 16, 20, 24)
        ),
        ("more", "More than 24 weeks", None),
    )
}
"""Bands of a spread: key, label and the highest value inside (None: no highest). Essex Trailblazers report, Table 4."""

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


DIMENSIONS: tuple[Dimension, ...] = (
    *(Dimension(key, _plain_label(key)) for key in TIME_KEYS),
    Dimension("service", "Service"),
    Dimension("provider", "Provider"),
    *(Dimension(f.key, f.label, f) for f in CASES if f.coded or f.kind is Kind.AREA),
    *(Dimension(f.key, f.label, f) for f in ACTIVITIES if f.coded),
    *(Dimension(key, _plain_label(key.removesuffix("_band"))) for key in BANDS),
    *(Dimension(m.key, m.label, whole=True) for m in MEASURES if isinstance(m, Spread)),
)


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
    spread = measure.spread if isinstance(measure, Average) else measure
    if wanted.timed and isinstance(measure, Stock):
        raise ValueError(
            f"'{measure.label}' is how many there are at the end of a month, so it cannot be given by {wanted.label.lower()}; "
            "choose the month instead"
        )
    if wanted.whole and wanted.key != spread.key:
        raise ValueError(
            f"'{measure.label}' cannot be given by {wanted.label.lower()}; ask for '{wanted.key}' itself"
        )
    if wanted.field in ACTIVITIES and spread.table is Table.CASES:
        raise ValueError(
            f"'{measure.label}' is about cases, and {wanted.label.lower()} is known of activities only"
        )


def band_of(bands: str, value: int) -> str:
    """The key of the band that a whole value falls in."""
    return next(key for key, _, highest in BANDS[bands] if highest is None or value <= highest)


def group_label(key: str, code: str, settings: Settings) -> str:
    """What a person reads for one group of a grouping."""
    wanted = dimension(key)
    if code == "":
        return NO_DATE if wanted.timed else "Not recorded"
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
    return wanted.field.code_list.label(code) if wanted.field and wanted.field.coded else code


def group_order(key: str, code: str, settings: Settings) -> tuple[int, str]:
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
    if wanted.key in BANDS:
        return [band for band, _, _ in BANDS[wanted.key]].index(code), code
    if wanted.field and wanted.field.coded:
        return wanted.field.code_list.order(code), code
    if wanted.whole:
        return int(code), code
    return 0, code


def find_code(key: str, text: str, settings: Settings) -> str:
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
    elif wanted.field is not None and wanted.field.coded:
        codes = wanted.field.code_list
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
