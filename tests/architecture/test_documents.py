"""What the documents and settings files say is what is there."""

import re
from pathlib import Path

import pytest

from data_access.kpi_document import BOUNDARIES, kpi_document
from domain.kpis import catalogue

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


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


def test_the_page_of_the_kpis_is_what_the_declarations_say() -> None:
    assert text_of("docs/kpis.md") == kpi_document(), "write it again with `make docs`"
    assert [line.split()[1] for line in kpi_document().splitlines() if line.startswith("## ")] == [
        one.id for one in catalogue()
    ]


def test_every_kpi_with_a_target_has_the_boundary_test_that_the_page_names() -> None:
    written = text_of(BOUNDARIES)
    assert [one.id for one in catalogue() if one.starting_targets and f'"{one.id}"' not in written] == []
