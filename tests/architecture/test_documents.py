"""What the documents and settings files say is what is there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*##", text_of("Makefile"), flags=re.MULTILINE))


def pins(name: str) -> dict[str, str]:
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text_of(name), flags=re.MULTILINE)
    return {package.lower(): version for package, version in lines}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_commands_of_a_document_exist(name: str) -> None:
    written = set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(name), flags=re.MULTILINE))
    assert written
    assert written <= targets(), f"{name} names commands that the Makefile lacks"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_links_of_a_document_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(name))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_folders_of_a_document_exist(name: str) -> None:
    folders = re.findall(r"`((?:domain|components|data_access|pages|tests|docs)/(?:[\w]+/)*)`", text_of(name))
    assert [folder for folder in folders if not (ROOT / folder).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    records = {path.name for path in folder.glob("[0-9]*.md")}
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", text_of("docs/decisions/README.md")))
    assert records == listed


def test_continuous_integration_runs_the_documented_check() -> None:
    assert text_of(".ci/run").rstrip().endswith("make check")
    assert re.search(r"^check:.*(?:\n\t.*)*\$\(MAKE\) test$", text_of("Makefile"), flags=re.MULTILINE)


def test_every_part_is_pinned_and_the_two_lists_agree() -> None:
    run, develop = pins("requirements.txt"), pins("requirements-dev.txt")
    loose = [
        line
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in text_of(name).splitlines()
        if line and not line.lstrip().startswith("#") and "==" not in line
    ]
    assert loose == []
    assert run.items() <= develop.items()


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


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 defines it: 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
