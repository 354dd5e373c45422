"""Where the latest value of each line is written, so that no value lies on another that ends at the same place."""

from __future__ import annotations

from collections.abc import Sequence

_BESIDE = 0.1
"""The part of the scale that a value takes above or below its mark."""
_SIDES = ("top center", "bottom center", "middle left")


def latest_words(ends: Sequence[tuple[int, float, str] | None], highest: float) -> list[tuple[str, str]]:
    """The words at the end of each line and their side of the mark.

    Parameters
    ----------
    ends : for each line the place of its latest value, the value and its words; None where it has none. highest : the end of the scale.

    Examples
    --------
    Two lines that end in one point with the same words have them once; of two close to each other the lower has them below.

    >>> latest_words([(3, 1.0, "100%"), (3, 1.0, "100%"), (3, 0.95, "95%")], 1.2)
    [('100%', 'top center'), ('', 'top center'), ('95%', 'bottom center')]
    """
    taken: list[tuple[int, float, float]] = []
    found: dict[int, tuple[str, str]] = {}
    room = _BESIDE * highest
    known = [(number, end) for number, end in enumerate(ends) if end is not None]
    said: set[tuple[int, float, str]] = set()
    for number, end in sorted(known, key=lambda one: -one[1][1]):
        place, value, words = end
        if end in said:
            continue
        said.add(end)
        spans = {"top center": (value, value + room), "bottom center": (value - room, value)}
        for side in _SIDES:
            low, high = spans.get(side, (value, value))
            free = all(at != place or high <= start or low >= over for at, start, over in taken)
            if side == _SIDES[-1] or (free and low >= 0):
                found[number] = (words, side)
                taken.append((place, low, high))
                break
    return [found.get(number, ("", _SIDES[0])) for number in range(len(ends))]
