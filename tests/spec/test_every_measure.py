"""Every measure has a table in this folder."""

from pathlib import Path

import pytest

from domain.measures import MEASURES

SPECS = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("key", [declared.key for declared in MEASURES])
def test_a_measure_is_specified(key: str) -> None:
    assert f'"{key}"' in SPECS, f"write a table of cases for '{key}' in tests/spec"
