"""What is said of a survey: one kind of person at a time, one scale at a time, and no more than the answers bear."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from components.charts.share_rows import (
    Series,
    ShareRow,
    low_base_notes,
    rows_in_words,
    share_rows,
    shares_beside,
)
from components.complaints_panels import complaints_panels
from components.satisfaction_answers import Asked, figures_of, most_answers, positive_words, respondents
from components.satisfaction_controls import Chosen
from components.satisfaction_panels import headline, survey_panels
from components.satisfaction_response import response_panels, why_no_rate
from domain.access import Audience
from domain.disclosure import Released, release
from domain.measures import measure
from domain.response_rate import RESPONSE_RATE, Sent
from domain.selection import Selection
from domain.settings import Contract, Settings, SurveyQuestion
from domain.statistics import wilson_interval
from domain.survey_words import (
    latest_answers_message,
    positive_message,
    span_message,
    types_message,
    years_message,
)
from domain.tally import Source, Tally, TallyRow
from tests.builders import some_settings
from tests.unit.components.builders import SETTINGS, released

LABELS = {"PARENT": "Parent or carer", "LA": "Council", "": "Not recorded"}
QUESTIONS = (
    SurveyQuestion("send", "Q1", "I was heard", "agree", 1),
    SurveyQuestion("send", "Q2", "It was clear.", "agree", 2),
    SurveyQuestion("send", "Q3", "How useful was it?", "useful", 3),
)
SEND: Settings = replace(
    some_settings(),
    contracts=tuple(
        Contract(f"send-{p.key}", "send", p.key, some_settings().contracts[0].start)
        for p in some_settings().providers
    ),
    questions=QUESTIONS,
)
ASKED = Asked(SEND, "send")
Cell = tuple[tuple[str, ...], int, int]


def answers(cells: Sequence[Cell], *by: str) -> Released:
    """Positive answers by several groupings; each cell is its keys, met and base."""

    def row(keys: tuple[str, ...], met: int, base: int) -> TallyRow:
        labels = tuple(LABELS.get(key, key) for key in keys)
        if not base:
            return TallyRow(keys, labels, met, base)
        return TallyRow(keys, labels, met, base, 0, 0, met / base, *wilson_interval(met, base))

    tally = Tally(
        measure("satisfaction_positive"),
        by or ("respondent_type", "question_code"),
        tuple(row(*cell) for cell in cells),
        Selection("send"),
        Source.SHARED,
        1,
    )
    return release(tally, Audience.US)


def a_row(met: int, base: int, label: str = "I was heard", key: str = "Q1") -> ShareRow:
    return ShareRow(key, label, met, base)


def test_the_lowest_question_is_named_and_only_those_with_enough_answers_count() -> None:
    rows = [a_row(90, 100), a_row(60, 100, "It was clear", "Q2"), a_row(1, 9, "Rare", "Q9")]
    assert positive_message("Parent or carer", rows) == (
        "Parent or carer: 60% to 90% positive, question by question; lowest for 'It was clear' (60 of 100)"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no answer yet"),
        ([a_row(5, 9)], "too few answers to say"),
        ([a_row(9, 10)], "90% (9 of 10) answered positively to 'I was heard'"),
        ([a_row(10, 10), a_row(12, 12, "Clear", "Q2")], "100% positive on every question"),
    ],
)
def test_little_is_said_of_little(rows: list[ShareRow], said: str) -> None:
    assert positive_message("Parent or carer", rows) == f"Parent or carer: {said}"


def test_the_head_of_the_page_gives_the_span() -> None:
    assert span_message("Council", [a_row(60, 100), a_row(90, 100)]).startswith("Council: 60% to 90%")
    assert span_message("Council", [a_row(6, 9)]) == "Council: too few answers to say"


def test_two_years_are_compared_question_by_question() -> None:
    before = Series("2022/23", (a_row(50, 100),))
    assert years_message("Parents", before, Series("2023/24", (a_row(55, 100),))) == (
        "Parents, 2022/23 to 2023/24: no clear change, 50% to 55%"
    )
    assert years_message("Parents", before, Series("2023/24", (a_row(80, 100),))) == (
        "Parents, 2022/23 to 2023/24: 'I was heard' higher (50% to 80%)"
    )
    assert "too few" in years_message("Parents", before, Series("2023/24", (a_row(8, 9),)))


def test_one_of_ten_questions_that_moves_is_laid_to_chance() -> None:
    before = [a_row(50, 100, f"Question {n}", f"Q{n}") for n in range(10)]
    after = [replace(row, met=70 if n == 0 else 50) for n, row in enumerate(before)]
    said = years_message("Parents", Series("2022", tuple(before)), Series("2023", tuple(after)))
    assert "no clear change; 1 of 10 questions differs, which chance alone would often give" in said
    after = [replace(row, met=70 if n < 4 else 50) for n, row in enumerate(before)]
    said = years_message("Parents", Series("2022", tuple(before)), Series("2023", tuple(after)))
    assert "'Question 0' higher (50% to 70%)" in said


def test_two_kinds_of_people_differ_only_where_it_is_clear() -> None:
    one, other = a_row(90, 100, "Parent"), a_row(60, 100, "Council")
    assert types_message([one, other], "Heard?").endswith("Parent 90% and Council 60%, a clear difference")
    assert types_message([one, a_row(85, 100, "Council")], "Heard?").endswith("no clear difference")
    assert "difference" not in types_message([one, other, a_row(50, 100, "School")], "Heard?")


def test_the_latest_complete_period_is_compared_with_the_one_before() -> None:
    rows = [a_row(50, 100, "Q1 2023", "1"), a_row(80, 100, "Q2 2023", "2"), a_row(5, 50, "Q3 2023", "3")]
    assert latest_answers_message("Parents", "Heard?", rows, {"3"}) == (
        "'Heard?', Parents: 80% (80 of 100) positive in Q2 2023, higher than 50% in Q1 2023"
    )
    assert "no complete period" in latest_answers_message("Parents", "Heard?", rows, {"1", "2", "3"})


def test_fewer_than_ten_are_not_drawn_and_fewer_than_thirty_are_marked() -> None:
    rows = [a_row(50, 100, "Many"), a_row(20, 29, "Some", "b"), a_row(9, 9, "Few", "c")]
    marks, words = share_rows(rows, Source.SHARED, named_bases=True).data
    assert len(marks.y) == 2
    assert list(marks.marker.symbol) == ["circle", "circle-open"]
    assert marks.y[1].replace("\u00a0", " ") == "Some (n = 29, caution)"
    assert words.text[0].strip() == "50% (40\u201360%)"
    notes = " ".join(low_base_notes(rows, "answer"))
    assert "fewer than 30 answers" in notes
    assert "but in the table: Few (9 answers)" in notes
    assert "Few" not in rows_in_words(rows)


def test_two_years_stand_in_one_row_with_marks_of_their_own() -> None:
    figure = shares_beside(
        [Series("2022", (a_row(50, 100),)), Series("2023", (a_row(12, 20),))], Source.EXAMPLES
    )
    assert [trace.name for trace in figure.data if trace.name] == ["2022", "2023"]
    assert figure.data[0].marker.symbol != figure.data[2].marker.symbol
    assert figure.data[3].text[0].strip() == "60% (n = 20)!"
    assert figure.layout.images[0].name == "Example data"


MIXED = answers(
    [
        (("PARENT", "Q1"), 90, 100),
        (("PARENT", "Q2"), 80, 100),
        (("PARENT", "Q3"), 70, 100),
        (("PARENT", "QX"), 5, 20),
        (("LA", "Q1"), 10, 40),
        (("", "Q1"), 3, 4),
    ]
)
PARENTS = Chosen("PARENT", "Parent or carer", "Q1")
BY_TIME = answers(
    [(("2023-24", "PARENT", "Q1"), 90, 100)], "financial_year", "respondent_type", "question_code"
)


def test_those_who_answered_are_never_added_together() -> None:
    assert respondents(MIXED) == {
        "PARENT": "Parent or carer",
        "LA": "Council",
        "": "Not recorded who answered",
    }
    assert most_answers(MIXED) == "PARENT"
    panels = survey_panels(MIXED, BY_TIME, BY_TIME_QUARTER, ASKED, PARENTS, unfinished=())
    who = next(panel for panel in panels if panel.key == "satisfaction_who")
    assert [row[0] for row in who.table.rows] == ["Parent or carer", "Council", "Not recorded who answered"]
    first = panels[0]
    assert {row[2] for row in first.table.rows} == {100}
    assert headline(MIXED, ASKED, PARENTS) == "Parent or carer: 80% to 90% positive, question by question"


BY_TIME_QUARTER = answers(
    [(("2023-04..2023-06", "PARENT", "Q1"), 90, 100)], "quarter", "respondent_type", "question_code"
)


def test_each_scale_has_a_panel_of_its_own_and_so_has_an_unknown_question() -> None:
    panels = survey_panels(MIXED, BY_TIME, BY_TIME_QUARTER, ASKED, PARENTS, unfinished=())
    by_key = {panel.key: panel for panel in panels}
    assert [row[0] for row in by_key["satisfaction_agree"].table.rows] == ["I was heard", "It was clear"]
    assert by_key["satisfaction_useful"].title.startswith(
        "On another scale, how useful. Parent or carer: 70%"
    )
    assert by_key["satisfaction_unknown"].title.startswith(
        "Questions that the survey in Settings does not have"
    )
    assert all(
        "those who did not answer" in " ".join(by_key[f"satisfaction_{s}"].notes) for s in ("agree", "useful")
    )


def test_a_question_without_an_answer_is_named() -> None:
    some = answers([(("PARENT", "Q1"), 9, 10)])
    first = survey_panels(some, BY_TIME, BY_TIME_QUARTER, ASKED, PARENTS, unfinished=())[0]
    assert "No answer to: 'It was clear.'." in first.notes


def test_years_that_are_not_complete_are_not_compared() -> None:
    years = answers(
        [((year, "PARENT", "Q1"), 90, 100) for year in ("2022-23", "2023-24", "2024-25")],
        "financial_year",
        "respondent_type",
        "question_code",
    )
    panels = survey_panels(MIXED, years, BY_TIME_QUARTER, ASKED, PARENTS, unfinished={"2024-25"})
    pair = next(panel for panel in panels if panel.key == "satisfaction_years_agree")
    assert "2022-23 to 2023-24" in pair.title
    panels = survey_panels(MIXED, years, BY_TIME_QUARTER, ASKED, PARENTS, unfinished={"2024-25", "2023-24"})
    assert not [panel for panel in panels if panel.key.startswith("satisfaction_years")]
    over_time = next(panel for panel in panels if panel.key == "satisfaction_quarters")
    assert any(note.startswith("Years are not compared") for note in over_time.notes)


def test_providers_that_ask_different_things_under_one_code_clash() -> None:
    own = SurveyQuestion("send", "Q1", "Were you on time?", "agree", 1, provider="south")
    clashing = Asked(replace(SEND, questions=(*QUESTIONS, own)), "send")
    assert clashing.clashes() == (
        "Q1 is 'I was heard' for North Mentors, but 'Were you on time?' for South Mentors",
    )
    assert replace(clashing, providers=("south",)).clashes() == ()
    assert replace(clashing, providers=("south",)).label("Q1") == "Were you on time?"
    assert ASKED.clashes() == ()


def test_which_answers_are_positive_is_said_for_each_scale() -> None:
    assert positive_words("agree") == "'Strongly agree' or 'Agree'"
    assert positive_words("useful") == "'Extremely useful' or 'Useful'"


def test_figures_are_found_by_their_groups() -> None:
    assert [f.keys for f in figures_of(MIXED, respondent_type="LA")] == [("LA", "Q1")]


def returned(*rows: tuple[str, int, int]) -> Released:
    tally = Tally(
        RESPONSE_RATE,
        ("financial_year",),
        tuple(TallyRow((year,), (year,), met, base, value=met / base) for year, met, base in rows),
        Selection("send"),
        Source.SHARED,
        1,
    )
    return release(tally, Audience.US)


def test_the_response_rate_names_its_year_and_what_the_returns_say() -> None:
    (panel,) = response_panels(
        "r",
        returned(("2023-24", 0, 50), ("2024-25", 20, 100)),
        SETTINGS,
        Sent(8, 2, 1),
        unfinished={"2024-25"},
    )
    assert panel.title == (
        "2024-25 so far: 20% (20 of 100) of the surveys sent came back; 13% (20 of 150) over all the years"
    )
    said = " ".join(panel.notes)
    assert "5 of 8 returns say how many were sent." in said
    assert "1 return holds more answers than surveys sent" in said
    assert "no answer is recorded: 2023-24" in said
    assert panel.figure is not None
    assert panel.figure.data[0].error_x.visible is False


def test_without_a_number_sent_the_reason_is_given() -> None:
    assert response_panels("r", returned(), SETTINGS, Sent(3, unsaid=3)) == []
    assert "no return says on its Cover" in why_no_rate(Sent(3, unsaid=3), areas_chosen=False)
    assert "for some areas" in why_no_rate(Sent(3), areas_chosen=True)
    assert "no return lies wholly" in why_no_rate(Sent(0), areas_chosen=False)
    assert "more answers" in why_no_rate(Sent(1, beyond=1), areas_chosen=False)
    assert "no survey was sent" in why_no_rate(Sent(1), areas_chosen=False)


def test_no_complaint_is_said_to_be_none() -> None:
    none = released(
        "complaints", ("quarter",), [("2018-04..2018-06", "Q1", 0, 0), ("2018-07..2018-09", "Q2", 0, 0)]
    )
    (panel,) = complaints_panels(
        "c", none, released("complaints_upheld"), released("complaints"), SETTINGS, unfinished=()
    )
    assert panel.title == "No complaint recorded, Q1 to Q2"
    assert panel.notes[0].startswith("A return in which the sheet Complaints is blank")


def test_the_share_upheld_is_of_the_complaints_decided() -> None:
    quarters = [("2018-04..2018-06", "Q1", 8, 8), ("2018-07..2018-09", "Q2", 12, 12)]
    decided = [("2018-04..2018-06", "Q1", 3, 6), ("2018-07..2018-09", "Q2", 5, 10)]
    time, upheld, subjects = complaints_panels(
        "c",
        released("complaints", ("quarter",), quarters),
        released("complaints_upheld", ("quarter",), decided),
        released("complaints", ("subject_code",), [("DELAY", "Delay", 12, 12), ("OTHER", "Other", 8, 8)]),
        SETTINGS,
        unfinished=(),
    )
    assert time.title == "20 complaints recorded. 12 complaints in Q2, no clear change from 8 in Q1"
    assert upheld.title == "50% (8 of 16) of the complaints decided were upheld, wholly or partly"
    assert upheld.notes[0].startswith("4 open, withdrawn or without an outcome")
    assert subjects.title.startswith("Delay had the most complaints")


def test_only_the_first_rows_that_are_not_drawn_are_named() -> None:
    rows = [ShareRow(str(n), f"Q{n}", 1, n) for n in range(1, 8)]
    (said,) = low_base_notes(rows, "complaint")
    assert said.endswith(
        "Q1 (1 complaint); Q2 (2 complaints); Q3 (3 complaints); Q4 (4 complaints); and 3 more."
    )
