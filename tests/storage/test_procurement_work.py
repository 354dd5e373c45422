"""What past referrals say of the work, read from the examples: as a source document prints it, and never more than an audience may see."""

import pytest

from data_access.procurement.work import read_work
from data_access.questions import Question
from data_access.stores import Store
from data_access.tallies import read_tally
from domain.access import COMMISSIONER, Audience
from domain.procurement.scenario import Scenario
from domain.selection import Selection


def test_the_mix_is_norfolks_and_for_everybody_it_is_of_all_dates_where_a_year_would_be_hidden(
    examples_store: Store,
) -> None:
    # Norfolk's needs assessment, Outcomes of referrals in 2024: 23 + 196, 9, 91, 36, 5, 270 of 630.
    chosen, scenario = Selection("send", last=202412), Scenario("send", last=202412, starts=202604)
    ours = read_work(examples_store, COMMISSIONER, Audience.US, chosen, scenario)
    assert ours.ended == (219, 9, 91, 36, 5, 270)
    assert ours.months is not None
    assert ours.months.label == "Jan 2024-Dec 2024"
    assert (ours.referred, ours.closed, ours.still_open) == (630, 630, 0)
    # Nothing chosen: the newest year of which few are still open, though returns reach to March 2025.
    newest = read_work(examples_store, COMMISSIONER, Audience.US, Selection("send"), Scenario("send"))
    assert newest.ended == ours.ended

    # The mean is that of the measure, where a service has one.
    mentors = read_work(
        examples_store, COMMISSIONER, Audience.US, Selection("mentoring"), Scenario("mentoring")
    )
    assert mentors.months is not None
    during = Selection("mentoring").during(mentors.months)
    mean = read_tally(examples_store, Question("mean_days_of_support", (), during), COMMISSIONER)
    assert mentors.mean_days == pytest.approx(mean.rows[0].value)
    assert mentors.still_open == 15

    asked = Selection("homelessness"), Scenario("homelessness")
    seen = read_work(examples_store, COMMISSIONER, Audience.US, *asked)
    public = read_work(examples_store, COMMISSIONER, Audience.PUBLIC, *asked)
    assert sum(seen.ended) == 138
    assert public.months is None
    assert "about all dates" in public.instead
    assert (sum(public.ended), public.referred) == (256, 266)
    assert (public.days, public.live, public.recent, public.mean_days) == (None, None, None, None)
    assert public.history is not None
    assert public.history.grouping == "quarter"
    # Between months that somebody chose no other ones are put in their place: what is hidden stays so.
    cut = Selection("homelessness", first=202401, last=202412)
    held = read_work(examples_store, COMMISSIONER, Audience.PUBLIC, cut, Scenario("homelessness"))
    assert (held.ended, held.instead) == ((), "")
    assert held.withheld
