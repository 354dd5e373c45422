"""What a council sets without a programmer: its providers, areas, contracts and targets, each with its dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from domain.access import EVERYTHING, Reach
from domain.periods import Period, PeriodKind, month_end, month_of, month_start, next_month, quarter_of
from domain.vocabulary import code_list, plain

UNKNOWN_AREA = "UNK"
"""The key of a case whose area is not known; it keeps a row of its own, so that tables add up."""
UNKNOWN_AREA_LABEL = "Unknown area"


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation that sends returns. `example` marks one invented for the examples."""

    key: str
    label: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A district, ward or locality; `kind` is what it is called on screen, `key` an ONS code where there is one."""

    key: str
    label: str
    kind: str = "district"
    order: int = 0
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


FAMILY_REQUEST, COUNCIL_INFORMED = "family_request_date", "la_informed_date"
"""The two starts that the 30 days for mediation may have; the first is the legal one."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What one provider is bought to do.

    Parameters
    ----------
    reporting : how much time its returns cover, each from a date on.
    areas : keys of the areas it is for; empty means all.
    included_cases : how many cases a contract year the fixed price includes; None where no number was agreed.
    fixed_price, price_per_extra : pounds a contract year, and for each case beyond those included.
    clock_start : the date from which the 30 days for mediation count, `FAMILY_REQUEST` or `COUNCIL_INFORMED`.
    counted_exceptions : the reasons for delay that the contract takes out of an adjusted figure.
    case_report_days : how many days after closing the case report may come; None where the contract gives no limit.
    delivery_model : how homelessness mediation is provided in its areas, a key of `DELIVERY_MODELS`; blank where nobody said.
    """

    key: str
    service: str
    provider: str
    start: date
    end: date | None = None
    reporting: tuple[tuple[date, PeriodKind], ...] = ()
    due_days: int = 20
    example: bool = False
    areas: tuple[str, ...] = ()
    included_cases: int | None = None
    fixed_price: Decimal | None = None
    price_per_extra: Decimal | None = None
    clock_start: str = FAMILY_REQUEST
    counted_exceptions: tuple[str, ...] = ()
    case_report_days: int | None = None
    delivery_model: str = ""

    def reporting_at(self, day: date) -> PeriodKind:
        """How much time a return that starts on this day should cover; quarter when nothing was said."""
        kind = PeriodKind.QUARTER
        for since, value in sorted(self.reporting):
            if since <= day:
                kind = value
        return kind

    def runs_in(self, period: Period) -> bool:
        """Whether the contract runs on any day of a period."""
        return self.start <= period.end and (self.end is None or period.start <= self.end)

    def year_start(self, day: date) -> date:
        """The first day of the contract year that a day falls in; years count from the month the contract starts in."""
        first = month_start(month_of(self.start))
        year = day.year if (day.month, day.day) >= (first.month, 1) else day.year - 1
        return max(date(year, first.month, 1), first)

    def expected_periods(self, until: date) -> tuple[Period, ...]:
        """The periods whose returns are wanted, from the contract's start to the last one that has ended by `until`.

        Cumulative returns are wanted at the end of each quarter, each from the start of the contract year, and at the end of a
        contract year that ends inside a quarter.
        """
        found: list[Period] = []
        first = month_of(self.start)
        while True:
            day = month_start(first)
            kind = self.reporting_at(day)
            last = month_end(first) if kind is PeriodKind.MONTH else quarter_of(first).end
            start = self.year_start(day) if kind is PeriodKind.CUMULATIVE else day
            if kind is PeriodKind.CUMULATIVE and self.year_start(last) != start:
                last = self.year_start(last) - timedelta(days=1)
            if last > until or (self.end is not None and day > self.end):
                return tuple(found)
            found.append(Period(start, last))
            first = next_month(month_of(last))


RAW, ADJUSTED = "raw", "adjusted"
"""The figure that a target judges: of all cases, or of those without an agreed exception."""
USUAL_SMALL = 5
SMALL_NUMBERS = (3, 10)
"""The least and the most that may be set as the number under which numbers are hidden from others."""
ROUNDED_TO = 5
"""To what number counts are rounded for others where a council wants that."""
USUAL_CAP = Decimal("0.25")
"""The share of cases with an agreed exception past which figures carry a warning, where the council has set no other: a proposal."""
DELIVERY_MODELS = {"stand_alone": "Stand-alone service", "integrated": "Part of the housing options team"}
"""How homelessness mediation is provided."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a KPI is judged against, from a date on.

    `provider` blank means the whole programme. `profile` spreads a volume target evenly over those dates. `example` marks a target
    that no source document gives; it says so wherever it shows. `judged_on` is the figure that gives the status, `RAW` or `ADJUSTED`.
    `variation` is the reference of the contract variation that brought it, `note` why.
    """

    kpi: str
    service: str
    operator: str
    value: Decimal
    tolerance: Decimal | None
    since: date
    until: date | None = None
    provider: str = ""
    profile: Period | None = None
    example: bool = False
    clause: str = ""
    note: str = ""
    judged_on: str = RAW
    variation: str = ""


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """A question of a service's survey. `scale` is 'agree' or 'useful'; `provider` blank means every provider's survey."""

    service: str
    code: str
    label: str
    scale: str = "agree"
    order: int = 0
    provider: str = ""
    since: date | None = None


def general_question(service: str) -> SurveyQuestion:
    """The question that stands where a contract has no survey of its own (codelists/survey_question_general.csv)."""
    only = code_list("survey_question_general").entries[0]
    return SurveyQuestion(service, only.key, only.label)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a council has set, as it stood at one moment.

    `keep_originals` says whether the file of a return is kept as it was sent, beside what was read from it. `exceptions_cap` is the
    share of cases with an agreed exception past which figures carry a warning. Numbers from 1 to under `small_number` are hidden from
    everybody but the commissioning team, and counts are rounded to `rounding` for them; 0 rounds none. `colour` ('#rrggbb') and `logo`
    (a PNG or JPEG picture) are what packs wear (`domain.look`). `reach` is how far somebody sees for whom the settings were read; it is
    no setting, and makes none different.
    """

    council: str = ""
    providers: tuple[Provider, ...] = ()
    areas: tuple[Area, ...] = ()
    contracts: tuple[Contract, ...] = ()
    targets: tuple[Target, ...] = field(default=())
    questions: tuple[SurveyQuestion, ...] = ()
    keep_originals: bool = False
    exceptions_cap: Decimal = USUAL_CAP
    small_number: int = USUAL_SMALL
    rounding: int = 0
    colour: str = ""
    logo: bytes = field(default=b"", repr=False)
    reach: tuple[Reach, ...] = field(default=(EVERYTHING,), compare=False)

    @property
    def council_set(self) -> bool:
        """Whether anything is set of the council itself, beside its name."""
        return any(getattr(self, name) != getattr(_NOTHING_SET, name) for name in OF_COUNCIL)

    def reach_of(self, service: str) -> tuple[Reach, ...]:
        """How far somebody for whom these were read sees in a service."""
        return tuple(one for one in self.reach if one.service in ("", service))

    def provider(self, key: str) -> Provider | None:
        """The provider with this key, or None."""
        return next((p for p in self.providers if p.key == key), None)

    def area(self, key: str) -> Area | None:
        """The area with this key; the unknown area for its key; None when there is no such area."""
        if key == UNKNOWN_AREA:
            return Area(
                UNKNOWN_AREA,
                UNKNOWN_AREA_LABEL,
                order=10_000,
                aliases=("Unknown", "Not known", "Unknown district"),
            )
        return next((a for a in self.areas if a.key == key), None)

    def provider_label(self, key: str) -> str:
        """What a person reads for a provider; its key when it is not known."""
        found = self.provider(key)
        return found.label if found else key

    def area_label(self, key: str) -> str:
        """What a person reads for an area; its key when it is not known."""
        found = self.area(key)
        return found.label if found else key

    def find_provider(self, text: str) -> str | None:
        """The key of the provider meant by a typed key or name, or None."""
        return next((p.key for p in self.providers if plain(text) in (plain(p.key), plain(p.label))), None)

    def find_area(self, text: str) -> str | None:
        """The key of the area meant by a typed code, name or other spelling, or None."""
        unknown = self.area(UNKNOWN_AREA)
        for area in (*self.areas, *([unknown] if unknown else [])):
            if plain(text) in {plain(spelling) for spelling in (area.key, area.label, *area.aliases)}:
                return area.key
        return None

    def contract(self, service: str, provider: str, day: date | None = None) -> Contract | None:
        """The contract of a provider for a service; None when there is none.

        Of several it is the latest, or the latest that had begun by a day; before the first had, the first.
        """
        found = [c for c in self.contracts if c.service == service and c.provider == provider]
        begun = [c for c in found if day is None or c.start <= day]
        if begun:
            return max(begun, key=lambda c: c.start)
        return min(found, key=lambda c: c.start, default=None)

    def areas_of(self, service: str) -> tuple[Area, ...]:
        """The areas that the contracts of a service are for; all areas where a contract names none."""
        contracts = [c for c in self.contracts if c.service == service]
        if not contracts or any(not c.areas for c in contracts):
            return self.areas
        named = {key for c in contracts for key in c.areas}
        return tuple(a for a in self.areas if a.key in named)

    def providers_of(self, service: str) -> tuple[Provider, ...]:
        """The providers that have, or had, a contract for a service, in the order of the list."""
        keys = {c.provider for c in self.contracts if c.service == service}
        return tuple(p for p in self.providers if p.key in keys)

    def survey(self, service: str, provider: str) -> tuple[SurveyQuestion, ...]:
        """The questions that a provider asks; the one general question where a contract has none of its own."""
        found = [q for q in self.questions if q.service == service and q.provider == provider]
        found = found or [q for q in self.questions if q.service == service and not q.provider]
        return tuple(sorted(found, key=lambda q: (q.order, q.code))) or (general_question(service),)

    def _asked(self, service: str) -> list[SurveyQuestion]:
        found = sorted((q for q in self.questions if q.service == service), key=lambda q: (q.order, q.code))
        return [*found, general_question(service)]

    def question_label(self, service: str, code: str) -> str:
        """What a person reads for a question; its code when the survey does not know it."""
        return next((q.label for q in self._asked(service) if q.code == code), code)

    def question_order(self, service: str, code: str) -> int:
        """The place of a question in the survey; unknown ones come last."""
        codes = [q.code for q in self._asked(service)]
        return codes.index(code) if code in codes else len(codes)


OF_COUNCIL = ("keep_originals", "exceptions_cap", "small_number", "rounding", "colour", "logo")
"""What is set of the council itself, beside its name."""
_NOTHING_SET = Settings()
