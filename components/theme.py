"""Colours with a fixed meaning: middle tones that stand out 3 to 1 on the light and on the dark page.

Text is never set in these colours: it takes the page's own. No meaning rests on a colour alone: beside it
stand a word, a shape or a pattern.
"""

from collections.abc import Sequence
from typing import Final, Literal

from domain.status import Status

MAIN: Final = "#2f6fb5"
"""The figure that the chart is about."""
QUIET: Final = "#7d8891"
"""What is compared with it, unfinished or unknown."""
LINE: Final = "#c2601b"
"""An average, a target, a date that matters; a way of leaving."""
WELL: Final = "#1f8c82"
"""What left because it ended well."""

PROVIDER_COLOURS: Final = (
    "#2f6fb5",
    "#c2601b",
    "#1f8c82",
    "#b0528e",
    "#7a8426",
    "#7a6fd0",
    "#a0693c",
    "#4f8a3c",
)
"""One for each provider, in the order of the settings; they start again after the eighth."""

HATCHED: Final = {"shape": "/", "solidity": 0.35}
"""The pattern of what is not finished: an open case, a month that has not been reported in full."""

BadgeColour = Literal["green", "orange", "red", "gray", "blue"]

STATUS_COLOURS: Final[dict[Status, BadgeColour]] = {
    Status.GREEN: "green",
    Status.AMBER: "orange",
    Status.RED: "red",
    Status.TOO_FEW: "gray",
    Status.NOT_DUE: "gray",
    Status.NO_RETURN: "gray",
    Status.NOT_GIVEN: "gray",
    Status.HIDDEN: "gray",
    Status.NO_TARGET: "blue",
}


def provider_colours(keys: Sequence[str]) -> dict[str, str]:
    """The colour of each provider, the same on every page: by its place in the settings."""
    return {key: PROVIDER_COLOURS[place % len(PROVIDER_COLOURS)] for place, key in enumerate(keys)}
