"""Our marks in a sender's workbook: what a marked cell says and looks like, the sheet that lists them all, and how we know them again.

A cell keeps its own format: the colour is a conditional format of ours, which is taken away as easily as it was put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING, Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from domain.grouping import cells_of
from domain.problem import Level, Problem

TITLE = "Problems that the dashboard found in this workbook"
"""The first cell of our sheet; by it we know our own again."""
SHEET_NAMES = ("Errors", "Errors (dashboard)")
"""What our sheet is called; the second where the workbook has an Errors sheet of its own."""
NOTE = "[Dashboard check]"
"""Where our words begin in a note."""
NOTES_MOST, LINKS_MOST = 1500, 20_000
"""So many cells get a note, and so many a link; those beyond are coloured, and counted in words."""
_TEXT_MOST = 1500
_AREAS_AT_ONCE = 400
_KEY = "dashboard check"

_ASKS = {Level.MUST_FIX: "MUST BE PUT RIGHT", Level.CONFIRM: "TO BE CONFIRMED"}
_LINE = {Level.MUST_FIX: "FFC00000", Level.CONFIRM: "FF9C6500"}
_PAINT = {Level.MUST_FIX: "FFFFC7CE", Level.CONFIRM: "FFFFEB9C"}
_HEADERS = ("Where", "What it is", "What was found", "What is wanted", "What to do")
_WIDTHS = (30, 22, 60, 50, 60)


@dataclass(slots=True)
class CellMark:
    """What is said of one cell: its problems, the worst first."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def level(self) -> Level:
        """The worst level."""
        return min((p.level for p in self.problems), key=list(_ASKS).index)


Place = tuple[str, int, int]
"""Sheet as named in the file, row and column, both from 1."""


def shown(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that ask something, the worst first."""
    asking = [problem for problem in problems if problem.level in _ASKS]
    return tuple(sorted(asking, key=lambda problem: list(_ASKS).index(problem.level)))


def places_of(problem: Problem) -> tuple[Place, ...]:
    """The cells of a problem; a whole row is marked at its first cell."""
    return tuple((sheet, row, (index or 0) + 1) for sheet, row, index in cells_of(problem))


def marks_of(problems: Iterable[Problem]) -> dict[Place, CellMark]:
    """What is said of each cell."""
    found: dict[Place, CellMark] = {}
    for problem in problems:
        for place in places_of(problem):
            found.setdefault(place, CellMark()).problems.append(problem)
    return found


def note_text(mark: CellMark, own: str = "") -> str:
    """The text of a cell's note, after what its owner wrote there."""
    said = [f"{_ASKS[p.level]}: {p.found} Wanted: {p.wanted} To do: {p.repair}" for p in mark.problems]
    text = f"{NOTE}\n" + "\n\n".join(dict.fromkeys(said))
    return clean(f"{own}\n\n{text}" if own else text)[: len(own) + _TEXT_MOST]


def a_note(mark: CellMark, own: Comment | None = None) -> Comment:
    """The note of a marked cell; an owner's note stays, with ours below it."""
    text = note_text(mark, own.text if own else "")
    lines = text.count("\n") + len(text) // 55 + 2
    return Comment(text, own.author if own else "Dashboard check", width=340, height=min(18 * lines, 400))


def without_ours(note: Comment) -> Comment | None:
    """An owner's note without what we wrote into it; None where it was ours alone."""
    own, ours, _ = note.text.partition(NOTE)
    if not ours:
        return note
    return (
        Comment(own.rstrip("\n"), note.author, width=note.width, height=note.height) if own.strip() else None
    )


def paint(sheet: Worksheet, cells: Iterable[tuple[int, int, Level]]) -> None:
    """Colour cells by a conditional format of ours; must be put right before to be confirmed."""
    cells = list(cells)
    for priority, level in enumerate(_ASKS, start=1):
        areas = _areas((row, column) for row, column, of in cells if of is level)
        for start in range(0, len(areas), _AREAS_AT_ONCE):
            rule = _rule(level)
            rule.priority = priority
            sheet.conditional_formatting.add(" ".join(areas[start : start + _AREAS_AT_ONCE]), rule)


def _rule(level: Level) -> Rule:
    side = Side("thin", color=_LINE[level])
    style = DifferentialStyle(
        font=Font(bold=level is Level.MUST_FIX, italic=level is Level.CONFIRM),
        fill=PatternFill(bgColor=_PAINT[level]),
        border=Border(left=side, right=side, top=side, bottom=side),
    )
    return Rule(type="expression", dxf=style, stopIfTrue=True, formula=[f'LEN("{_KEY}: {level}")>0'])


def _areas(cells: Iterable[tuple[int, int]]) -> list[str]:
    """Cells as ranges: those below one another in a column as one."""
    found: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in set(cells)):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1][2] = row
        else:
            found.append([column, row, row])
    return [
        f"{get_column_letter(c)}{first}" + (f":{get_column_letter(c)}{last}" if last > first else "")
        for c, first, last in found
    ]


def unpaint(sheet: Worksheet) -> None:
    """Take our conditional formats away, and give the owner's the places after ours; their order stays."""
    own = [
        (area.sqref, rule)
        for area in sheet.conditional_formatting
        for rule in area.rules
        if not any(_KEY in str(formula) for formula in rule.formula or ())
    ]
    sheet.conditional_formatting = ConditionalFormattingList()
    order = sorted(range(len(own)), key=lambda number: own[number][1].priority or 0)
    for priority, number in enumerate(order, start=len(_ASKS) + 1):
        own[number][1].priority = priority
    for area, rule in own:
        sheet.conditional_formatting.add(str(area), rule)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of our sheet: its texts, and the cell that the first leads to."""

    texts: tuple[str, ...]
    leads_to: str = ""
    strong: bool = False
    level: Level | None = None


def lines(problems: Sequence[Problem], names: dict[str, str]) -> list[Line]:
    """Our sheet, line by line; `names` are the sheets of the copy by those of the file."""
    must = sum(1 for problem in problems if problem.level is Level.MUST_FIX)
    said = [
        Line((TITLE,), strong=True),
        Line((f"{must:,} to be put right, {len(problems) - must:,} to be confirmed. Each is marked on its sheet.",)),
        Line(("Put the cells right on their own sheets and upload the workbook again; this sheet and our marks are not read.",)),
        Line(_notes_left_out(problems)),
        Line(_HEADERS, strong=True),
    ]  # fmt: skip
    left = LINKS_MOST
    for problem in problems:
        texts = (_ASKS[problem.level], problem.found, problem.wanted, problem.repair)
        places = [place for place in places_of(problem) if place[0] in names][: max(left, 0)]
        left -= len(places)
        if not places:
            sheet = names.get(problem.sheet, "")
            place = f"{quote_sheetname(sheet)}!A1" if sheet else ""
            said.append(Line((problem.where, *texts), place, level=problem.level))
        for number, (sheet, row, column) in enumerate(places):
            cell = f"{get_column_letter(column)}{row}"
            more = texts if not number else (texts[0], "The same as above")
            said.append(
                Line(
                    (f"{names[sheet]}, {cell}", *more),
                    f"{quote_sheetname(names[sheet])}!{cell}",
                    level=problem.level,
                )
            )
    if left < 0:
        said.append(
            Line((f"More than {LINKS_MOST:,} cells are concerned; the others are coloured on their sheets.",))
        )
    return said


def _notes_left_out(problems: Sequence[Problem]) -> tuple[str, ...]:
    """What is said where more cells are marked than can carry a note."""
    cells = len(marks_of(problems))
    if cells <= NOTES_MOST:
        return ()
    return (f"The first {NOTES_MOST:,} of {cells:,} cells carry a note; all are coloured.",)


def dress(cell: Cell, line: Line, number: int) -> None:
    """Give one cell of our sheet its text, which is never a formula, and its looks."""
    cell.value = clean(line.texts[number])
    cell.data_type = TYPE_STRING
    cell.alignment = Alignment(wrap_text=bool(line.level), vertical="top")
    if line.strong:
        cell.font = Font(bold=True)
    if number == 0 and line.leads_to:
        cell.hyperlink = Hyperlink(ref="", location=line.leads_to)
        cell.font = Font(color="FF0563C1", underline="single")
    if number == 1 and line.level:
        cell.fill = PatternFill("solid", start_color=_PAINT[line.level])


def lay_out(sheet: Worksheet) -> None:
    """Set the widths of our sheet; before its rows, since some sheets are written as they come."""
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A6"


def clean(text: str) -> str:
    """A text without what no workbook can hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
