"""The colours of both appearances can be read, and told apart by everybody."""

import itertools
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
# How a colour is seen with each kind of colour blindness, in linear light (Machado, Oliveira and
# Fernandes 2009, severity 1.0), and with full colour vision.
VISION = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
# A difference of 2 can just be seen side by side; lines of a chart need several times that.
CLEARLY_DIFFERENT = 15


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_theme_has_ten_colours_of_each_kind(mode: str) -> None:
    # With fewer, Plotly silently draws with a palette of its own.
    for kind in ("chartCategoricalColors", "chartSequentialColors", "chartDivergingColors"):
        colours = THEME[mode][kind]
        assert len(colours) == len(set(colours)) == 10


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read_on_every_surface(mode: str) -> None:
    theme = THEME[mode]
    for surface in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(theme["textColor"], theme[surface]) >= 7
        for kind in ("linkColor", "redColor", "orangeColor", "greenColor", "blueColor", "grayColor"):
            assert contrast(theme[kind], theme[surface]) >= 4.5, (mode, kind, surface)
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_chart_colours_stand_out_from_the_page(mode: str) -> None:
    theme = THEME[mode]
    faint = [
        (colour, round(contrast(colour, theme["backgroundColor"]), 2))
        for colour in theme["chartCategoricalColors"]
        if contrast(colour, theme["backgroundColor"]) < 3
    ]
    assert faint == []


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_chart_colours_can_be_told_apart(mode: str, vision: str) -> None:
    seen = {colour: as_seen(colour, vision) for colour in THEME[mode]["chartCategoricalColors"]}
    alike = [
        (one, other)
        for one, other in itertools.combinations(seen, 2)
        if sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5 < CLEARLY_DIFFERENT
    ]
    assert alike == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_first_five_chart_colours_survive_a_grey_print(mode: str) -> None:
    lightness = sorted(as_seen(colour, "full")[0] for colour in THEME[mode]["chartCategoricalColors"][:5])
    assert min(b - a for a, b in itertools.pairwise(lightness)) > 4


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 defines it: 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    return times(TO_XYZ, linear(colour))[1]


def linear(colour: str) -> list[float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def as_seen(colour: str, vision: str) -> tuple[float, float, float]:
    """A colour in CIE L*a*b*, where distance is about the difference that a person sees."""
    light = [max(part, 0.0) / white for part, white in zip(seen_light(colour, vision), WHITE, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in light)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen_light(colour: str, vision: str) -> list[float]:
    return times(TO_XYZ, times(VISION[vision], linear(colour)))
