"""What the screens on answers, complaints, escalations, exceptions and data quality say, and to whom they say nothing."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.access import Audience
from domain.disclosure import Guard, Released, release
from domain.exceptions import Cause
from domain.exceptions_kept import Causes
from domain.kpis import kpi
from domain.measures import Count, measure
from domain.pack import Screen
from domain.periods import Period
from domain.screens.complaints import complaints_screens
from domain.screens.data_quality import data_quality_screens
from domain.screens.escalations import Excused, escalations_screens, exceptions_screens
from domain.screens.satisfaction import Before, satisfaction_screens
from domain.selection import Selection
from domain.settings import Contract, Settings, SurveyQuestion
from domain.statistics import wilson_interval
from domain.survey_answers import Asked
from domain.tally import AsAt, Source, Tally, TallyRow
from tests.builders import NORTH, SOUTH, some_settings
from tests.sentences import unfounded

Q1, Q2, Q3 = (Period.parse(one) for one in ("2018-04..2018-06", "2018-07..2018-09", "2018-10..2018-12"))
REACH = AsAt(date(2018, 12, 31), date(2018, 12, 31))
LABELS = {"PARENT": "Parent or carer", "LA": "Council"} | {one.key: one.label for one in (Q1, Q2, Q3)}
BY_PERSON = ("respondent_type", "question_code")
SETTINGS: Settings = replace(
    some_settings(),
    contracts=tuple(Contract(f"send-{one}", "send", one, date(2018, 4, 1)) for one in (NORTH, SOUTH)),
    questions=(
        SurveyQuestion("send", "Q1", "I was heard", "agree", 1),
        SurveyQuestion("send", "Q2", "It was clear", "agree", 2),
        SurveyQuestion("send", "Q3", "How useful was it?", "useful", 3),
    ),
)
ASKED = Asked(SETTINGS, "send")
Keys = tuple[str, ...]


def figures(
    key: str,
    by: Keys,
    cells: Sequence[tuple[Keys, int, int]],
    *,
    hidden: Collection[Keys] | None = None,
    withheld: str = "",
    service: str = "send",
    as_at: AsAt = REACH,
) -> Released:
    """Released figures; with `hidden` or `withheld` those that everybody may see, else all."""
    declared = measure(key, service)

    def row(keys: Keys, met: int, base: int) -> TallyRow:
        labels = tuple(LABELS.get(one, one) for one in keys)
        if isinstance(declared, Count) or not base:
            return TallyRow(keys, labels, met, base)
        return TallyRow(keys, labels, met, base, 0, 0, met / base, *wilson_interval(met, base))

    chosen = Selection(service, first=201804, last=201812)
    tally = Tally(declared, by, tuple(row(*one) for one in cells), chosen, Source.SHARED, 7, as_at)
    if hidden is None and not withheld:
        return release(tally, Audience.US)
    gone = frozenset(hidden or ())
    guard = Guard(Audience.PUBLIC, key, by, chosen, 7, gone, total=bool(gone), withheld=withheld)
    return release(tally, Audience.PUBLIC, (), guard)


def answers(*cells: tuple[Keys, int, int], hidden: Collection[Keys] | None = None) -> Released:
    return figures("satisfaction_positive", BY_PERSON, cells, hidden=hidden)


def checked(screens: Sequence[Screen]) -> Sequence[Screen]:
    """The screens, of which every number that they say stands on them."""
    assert not [one for screen in screens for one in unfounded(screen.takeaway.sentence, screen)]
    assert len({screen.key for screen in screens}) == len(screens)
    return screens


MANY = (
    (("PARENT", "Q1"), 36, 40),
    (("PARENT", "Q2"), 24, 40),
    (("PARENT", "Q3"), 8, 9),
    (("LA", "Q1"), 12, 12),
)


def test_answers_are_of_one_kind_of_people_and_each_scale_has_a_screen() -> None:
    agree, useful = checked(satisfaction_screens(answers(*MANY), ASKED))
    assert agree.takeaway.title == (
        "Parent or carer: 60% to 90% positive, question by question; lowest for 'It was clear' (24 of 40)"
    )
    assert agree.takeaway.sure == "95% limits of the lowest 45% to 74%; who did not answer is not known"
    assert "Council answered too: the answers of different people are never added together." in agree.notes
    assert agree.chart is not None
    assert agree.chart.words == ("90% (36 of 40)*", "60% (24 of 40)")
    assert agree.chart.series[0].lows[1] == pytest.approx(0.4460, abs=1e-4)
    assert [one.key for one in agree.figures] == [
        "satisfaction_positive:PARENT:Q1",
        "satisfaction_positive:PARENT:Q2",
    ]
    # Nine answers are no share: not drawn, and no percentage.
    assert useful.key == "satisfaction_useful"
    assert useful.chart is None
    assert useful.takeaway.title == "Parent or carer: too few answers to say"
    assert useful.figures[0].shown == "8 of 9"


def test_answers_are_held_against_the_time_before_question_by_question() -> None:
    then = answers((("PARENT", "Q1"), 20, 40), (("PARENT", "Q2"), 38, 40), (("PARENT", "Q3"), 12, 30))
    agree, useful = checked(satisfaction_screens(answers(*MANY), ASKED, Before(then, "Jul-Sep 2018")))
    assert agree.takeaway.against == (
        "against Jul-Sep 2018: 'I was heard' higher (50% to 90%) and 'It was clear' lower (95% to 60%)"
    )
    assert [row[-2:] for row in agree.table.rows] == [
        ("50% (20 of 40)", "higher"),
        ("95% (38 of 40)", "lower"),
    ]
    assert useful.takeaway.against == ""
    open_yet = Before(then, "Jul-Sep 2018", comparable=False)
    assert satisfaction_screens(answers(*MANY), ASKED, open_yet)[0].takeaway.against == (
        "not compared with Jul-Sep 2018, because not every return is in"
    )


def test_a_hidden_question_is_not_the_lowest_and_says_so() -> None:
    (agree, *_) = checked(satisfaction_screens(answers(*MANY, hidden=[("PARENT", "Q2")]), ASKED))
    assert agree.takeaway.what == (
        "of what may be shown, Parent or carer: 90% (36 of 40) answered positively to 'I was heard'"
    )
    assert agree.chart is not None
    assert agree.chart.hidden == (1,)
    assert agree.chart.series[0].values[1] is None
    assert agree.table.rows[1] == ("It was clear", "c", "c", "c", "c", "c")
    assert agree.figures[1].shown == "c"


def test_providers_that_ask_otherwise_are_not_added_up() -> None:
    other = SurveyQuestion("send", "Q1", "Something else", "agree", 1, SOUTH)
    clashing = Asked(replace(SETTINGS, questions=(*SETTINGS.questions, other)), "send")
    (screen,) = satisfaction_screens(answers(*MANY), clashing)
    assert screen.table.rows == ()
    assert screen.chart is None
    assert "do not ask the same" in screen.takeaway.what


def test_no_answer_and_only_hidden_ones_are_told_apart() -> None:
    assert satisfaction_screens(answers(), ASKED)[0].takeaway.what == (
        "No survey answer has been recorded in these months"
    )
    hidden = answers((("PARENT", "Q1"), 2, 3), hidden=[("PARENT", "Q1")])
    assert "hidden" in satisfaction_screens(hidden, ASKED)[0].takeaway.what


def complaints(
    counts: Released, upheld: Released, subjects: Released, unfinished: str = ""
) -> Sequence[Screen]:
    return checked(complaints_screens(counts, upheld, subjects, Q3, unfinished=[unfinished]))


def by_quarter(*cells: int, hidden: Collection[Keys] | None = None) -> Released:
    rows = [((one.key,), met, met) for one, met in zip((Q1, Q2, Q3), cells, strict=False)]
    return figures("complaints", ("quarter",), rows, hidden=hidden)


UPHELD = figures("complaints_upheld", ("quarter",), [((Q2.key,), 3, 8), ((Q3.key,), 0, 4)])
SUBJECTS = figures("complaints", ("subject_code",), [(("Delay",), 9, 9), (("Conduct of staff",), 11, 11)])


def test_complaints_are_held_against_the_quarter_before_and_chance() -> None:
    time, upheld, subjects = complaints(by_quarter(2, 4, 14), UPHELD, SUBJECTS)
    assert time.takeaway.sentence == (
        "14 complaints in Oct-Dec 2018 (Q3 2018/19); more than 4 in Jul-Sep 2018 (Q2 2018/19). Chance alone could make it 8 to 23."
    )
    assert (time.figures[0].key, time.figures[0].met) == ("complaints", 14)
    assert upheld.takeaway.title == (
        "25% (3 of 12) of the complaints decided were upheld, wholly or partly, Apr 2018-Dec 2018"
    )
    assert upheld.table.rows[-1] == ("All, Apr 2018-Dec 2018", 3, 12)
    assert upheld.figures[0].shown == "0 of 4"
    assert "8 open, withdrawn or without an outcome, so not in the share." in upheld.notes
    assert subjects.takeaway.what == (
        "Complaints were most often about Conduct of staff: 11 of 20, Apr 2018-Dec 2018"
    )


def test_a_quarter_that_is_not_in_is_hatched_and_not_compared() -> None:
    time, *_ = complaints(by_quarter(2, 4, 14), UPHELD, SUBJECTS, unfinished=Q3.key)
    assert time.takeaway.title.startswith("4 complaints in Jul-Sep 2018 (Q2 2018/19); no clear change from 2")
    assert time.chart is not None
    assert time.chart.unfinished == (2,)


def test_no_complaint_is_said_only_where_the_returns_are_in() -> None:
    nothing = figures("complaints_upheld", ("quarter",), [])
    (screen,) = complaints(by_quarter(0, 0, 0), nothing, nothing)
    assert screen.takeaway.what == (
        "No complaint recorded, Apr-Jun 2018 (Q1 2018/19) to Oct-Dec 2018 (Q3 2018/19)"
    )
    none_in = figures("complaints", ("quarter",), [], as_at=AsAt())
    (screen,) = complaints(none_in, nothing, nothing)
    assert screen.takeaway.what == "Complaints: no return is in yet"


def test_hidden_complaints_make_one_screen_and_no_sum() -> None:
    gone = [(Q1.key,), (Q3.key,)]
    upheld = figures("complaints_upheld", ("quarter",), [((Q3.key,), 1, 4)], hidden=[(Q3.key,)])
    subjects = figures("complaints", ("subject_code",), [(("Delay",), 3, 3)], hidden=[("Delay",)])
    (screen,) = complaints(by_quarter(2, 9, 4, hidden=gone), upheld, subjects)
    assert "not every period may be shown" in screen.takeaway.what
    assert screen.chart is not None
    assert screen.chart.words == ("c", "9", "c")
    assert screen.figures[0].shown == "c"


def test_few_escalations_name_each_reason_and_many_the_commonest() -> None:
    counts = figures("escalations", ("quarter",), [((Q2.key,), 4, 4), ((Q3.key,), 3, 3)], service="housing")
    few = figures(
        "escalation_reasons",
        ("escalation_reason",),
        [(("Risk of harm",), 2, 3), (("Legal matter",), 1, 3), (("Other",), 0, 3)],
        service="housing",
    )
    _, why = checked(escalations_screens(counts, few, Q3))
    assert why.takeaway.what == (
        "Reasons of 3 escalations: risk of harm 2 and legal matter 1, Apr 2018-Dec 2018"
    )
    assert why.chart is None
    many = figures(
        "escalation_reasons",
        ("escalation_reason",),
        [(("Risk of harm",), 12, 20), (("Legal matter",), 8, 20)],
        service="housing",
    )
    _, why = checked(escalations_screens(counts, many, Q3))
    assert why.takeaway.what.startswith("Most often escalated for risk of harm: 60% (12 of 20)")


def test_exceptions_are_said_by_cause_with_the_councils_own_apart() -> None:
    found = Causes((), (), 79, 70, {Cause.SCHOOL: 3}, {Cause.COUNCIL: 2, Cause.FAMILY: 2, Cause.SCHOOL: 3})
    excused = Excused(
        {kpi("SM1b"): found, kpi("SM1a"): Causes((), (), 80, 80)}, Decimal("0.25"), "Data to today"
    )
    (screen,) = checked(exceptions_screens(excused))
    assert screen.takeaway.title == (
        "Mediation held within 30 days: 7 of 9 late have an exception, 3 of them taken out; "
        "caused by the council: 2 late; they stay the council's breach"
    )
    assert screen.takeaway.sure == (
        "Raw 89% (70 of 79), 95% limits 80% to 94%; adjusted 92% (70 of 76), 95% limits 84% to 96%"
    )
    assert screen.table.rows[-1] == ("All late", 9, 3, 6)
    assert screen.notes[0] == (
        "No exception is recorded for a case that missed: Mediation arranged within 30 days."
    )


def test_exceptions_are_for_the_commissioning_team_alone() -> None:
    (screen,) = exceptions_screens(None)
    assert screen.withheld
    assert screen.table.rows == ()
    assert screen.figures == ()


def test_data_quality_names_the_column_that_is_blank_most_often() -> None:
    found = figures("completeness", ("field",), [(("Sex",), 99, 100), (("Route",), 30, 60)])
    (screen,) = checked(data_quality_screens(found, REACH, Audience.US))
    assert screen.takeaway.title == (
        "Route is blank in 30 of 60 cases referred in Apr 2018-Dec 2018; 1 of 2 columns is filled in for at least 95%"
    )
    assert [row[0] for row in screen.table.rows] == ["Route", "Sex"]
    assert "No return is outstanding." in screen.notes


def test_outstanding_returns_are_named_to_us_and_counted_for_others() -> None:
    late = replace(REACH, outstanding=("Example provider F: Jan-Mar 2025",))
    _, ours = checked(data_quality_screens(figures("completeness", ("field",), []), late, Audience.US))
    assert ours.takeaway.what == "1 return outstanding: Example provider F: Jan-Mar 2025"
    closed, theirs = data_quality_screens(None, late, Audience.PROVIDERS)
    assert closed.withheld
    assert theirs.takeaway.what == "1 return outstanding"
    assert "provider F" not in repr(theirs)


def test_what_is_withheld_shows_no_number() -> None:
    shut = figures("complaints", ("quarter",), [((Q3.key,), 14, 14)], withheld="It would tell too much.")
    screen = complaints_screens(shut, shut, shut, Q3)[0]
    assert screen.withheld == "It would tell too much."
    assert (screen.table.rows, screen.chart, screen.figures) == ((), None, ())
