"""What is declared of a page: where it stands in the menu, its words, its address, and who may open it."""

from dataclasses import dataclass

from domain.access import Duty, Role, Viewer


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """One page: where it stands in the menu, its file, its words and its address.

    Attributes
    ----------
    section : str
        Heading of the menu; pages of the empty section stand in the bar itself.
    file : str
        Name of the file in ``pages/``.
    title, help : str
        What the menu shows, and the question the page answers.
    icon : str
        A Material symbol, ``:material/name:`` (bundled with Streamlit).
    url_path : str
        The address, without a slash; empty for the front page, which Streamlit gives no other.
    needs : Duty or None
        What somebody must have, of one thing or another, to open it; None where any role is enough.
    whole : bool
        Whether their role must also reach every service, provider and area.
    hidden : bool
        Whether it is reached from another page only and stands in no menu.
    """

    section: str
    file: str
    title: str
    icon: str
    url_path: str
    help: str
    needs: Duty | None
    whole: bool = False
    hidden: bool = False

    def open_to(self, viewer: Viewer) -> bool:
        """Whether somebody may open it. What it then shows of whom is decided where it is read."""
        if not viewer.grants or (self.whole and not viewer.sees_all):
            return False
        return self.needs is None or self.needs in viewer.duties

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles with which it opens."""
        return tuple(role for role in Role if self.needs is None or self.needs in role.allows)
