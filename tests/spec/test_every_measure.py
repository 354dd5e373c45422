"""Every measure has a table in this folder; one that a service counts in its own way has it among the tables of that service."""

from pathlib import Path

import pytest

from domain.measures import MEASURES, Measure

HERE = Path(__file__).parent
TEXTS = {
    path.name: path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py") if path != Path(__file__)
}


def tables_of(service: str) -> str:
    """The text of a service's files; those that name no service are of mentoring."""
    named = [text for text in TEXTS.values() if f'SERVICE = "{service}"' in text]
    return "".join(named or [text for text in TEXTS.values() if "SERVICE = " not in text])


@pytest.mark.parametrize("declared", MEASURES, ids=lambda m: f"{m.key}-{'-'.join(m.services)}")
def test_a_measure_is_specified(declared: Measure) -> None:
    only = len(declared.services) == 1
    tables = tables_of(declared.services[0]) if only else "".join(TEXTS.values())
    where = f"for {declared.services[0]} " if only else ""
    assert f'"{declared.key}"' in tables, f"write a table of cases for '{declared.key}' {where}in tests/spec"
