"""What a file is checked against is what its save must still find."""

from dataclasses import dataclass, replace

import pytest

from data_access.held_files import HeldFile
from data_access.returns import Moved, save_return
from data_access.settings import change_settings
from data_access.stores import Store
from domain.access import COMMISSIONER
from pages._upload_check import Wish, check
from pages._upload_work import Steps
from sample_data.make import RETURNS

FIRST = RETURNS / "provider-a_2017-04_to_2017-06.xlsx"


@dataclass
class Meddling(Steps):
    """Somebody changes Settings just as a step begins."""

    store: Store
    when: str

    def __post_init__(self) -> None:
        super().__init__()

    def say(self, step: str) -> None:
        super().say(step)
        if step.startswith(self.when):
            change_settings(
                self.store,
                lambda now: replace(now, council="Another council"),
                by=COMMISSIONER.signing("Ben"),
            )


@pytest.mark.parametrize(
    ("when", "refused"),
    [("Reading", False), ("Checking", True), ("Working out", True)],
)
def test_what_changes_after_the_rules_looked_at_it_stops_the_save(
    ready: Store, when: str, refused: bool
) -> None:
    wish = Wish(FIRST.name, HeldFile({FIRST.name: FIRST.read_bytes()}), confirmed=True)
    checked = check(ready, COMMISSIONER, wish, Meddling(ready, when))
    assert checked.new is not None
    assert checked.effect is not None
    if refused:
        with pytest.raises(Moved, match="changed by Ben"):
            save_return(ready, checked.new, by=COMMISSIONER.signing("Ann"), expected=checked.effect.version)
    else:
        assert save_return(
            ready, checked.new, by=COMMISSIONER.signing("Ann"), expected=checked.effect.version
        ).changed
