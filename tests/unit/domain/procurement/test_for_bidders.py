"""What of a scenario is taken out before anything for bidders is made of it."""

from decimal import Decimal

import pytest

from domain.procurement.for_bidders import LEFT_OUT, names_money, without_ours
from domain.procurement.offers import PerCase
from domain.procurement.said import assumption_rows
from domain.procurement.scenario import Assumption, Bands, Scenario


def test_name_note_number_and_prices_are_gone_and_what_was_chosen_stays() -> None:
    plain, priced = (
        Assumption("A new duty", 202604, 10, 5, 20),
        Assumption("Cut by £66,666", 202604, -5, -5, -5),
    )
    ours = Scenario(
        "send",
        starts=202604,
        assumptions=(plain, priced),
        offers=(PerCase(Decimal("333.33")),),
        bands=Bands(1, 2, 3),
        name="At £400",
        note="As agreed",
        id=7,
        changed_by="pat",
    )
    theirs = without_ours(ours)
    assert (theirs.name, theirs.note, theirs.id, theirs.offers, theirs.changed_by) == ("", "", 0, (), "")
    assert (theirs.bands, theirs.starts) == (Bands(1, 2, 3), 202604)
    assert [one.words for one in theirs.assumptions] == ["A new duty", LEFT_OUT]
    assert [one.percent for one in theirs.assumptions] == [10, -5]
    assert without_ours(theirs, lambda words: "duty" in words).assumptions[0].words == LEFT_OUT
    said = " ".join(words for _, words in assumption_rows(theirs, bidders=True))
    assert "A new duty: 10% more" in said
    assert not [part for part in ("£", "66,666", "333") if part in said]


@pytest.mark.parametrize(
    "words", ["budget of £5", "saves 40k", "1.5 million", "40 thousand less", "GBP 300 each", "20p"]
)
def test_a_sum_of_money_is_known_in_the_ways_it_is_written(words: str) -> None:
    assert names_money(words)


@pytest.mark.parametrize("words", ["From 2027, 10% more", "Part 5 of the Act", "3 districts, 600 families"])
def test_other_numbers_are_none(words: str) -> None:
    assert not names_money(words)
