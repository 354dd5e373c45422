"""Links to the Settings page, with its form filled in."""

from collections.abc import Iterable

from components.navigation import link_to_page
from components.settings_frame import ADD
from domain.formats import unmarked

_MOST = 12
_WORDS = {"contract": "Add a contract of", "question": "Add the survey question"}


def to_settings(label: str) -> None:
    """Link to the Settings page."""
    link_to_page("settings.py", label=label, icon=":material/settings:")


def offer_to_add(lacking: Iterable[tuple[str, str]]) -> None:
    """Link to the form for each provider, area, contract or question that a file names and Settings lacks.

    Parameters
    ----------
    lacking : what each is, as in ``ADD``, and its name as written in the file.
    """
    wanted = [(what, name) for what, name in dict.fromkeys(lacking) if what in ADD and name]
    for what, name in wanted[:_MOST]:
        link_to_page(
            "settings.py",
            label=unmarked(f'{_WORDS.get(what, "Add")} "{name}" in Settings'),
            icon=":material/add:",
            query_params={"add": what, "name": name},
        )
