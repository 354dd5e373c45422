"""Characters that nobody sees are not part of a text: two references that look alike are alike, and every database can keep them."""

import pytest

from domain.cell_text import as_text, is_blank


@pytest.mark.parametrize("unseen", ["\x00", "\x01", "\x7f", "\u200b", "\ufeff", "\u202e"])
def test_what_nobody_sees_is_left_out(unseen: str) -> None:
    assert as_text(f"TA-{unseen}0001") == "TA-0001"
    assert is_blank(unseen)


@pytest.mark.parametrize("gap", [" ", "\t", "\n", "\r\n", "\x0b", "\u00a0", "\x1f"])
def test_every_gap_is_one_space(gap: str) -> None:
    assert as_text(f"two{gap}{gap}words") == "two words"
