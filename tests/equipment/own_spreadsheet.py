"""A provider's own spreadsheet, unlike the template in everything: a title, two rows of merged headers, other names, no Cover."""

from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from domain.settings import Area, Contract, Provider, Settings

PROVIDER = "Northgate Mediation"
NAMES = ("Jane Imagined", "John Imagined")
FIRST_QUARTER, SECOND_QUARTER = date(2026, 4, 1), date(2026, 7, 1)
SETTINGS = Settings(
    council="Testshire",
    providers=(Provider("northgate", PROVIDER),),
    areas=(Area("E07000073", "Harlow", order=1), Area("E07000072", "Epping Forest", order=2)),
    contracts=(Contract("c1", "send", "northgate", FIRST_QUARTER),),
)
CASES = 12
HELD = 6
"""So many of the cases ended with a meeting."""
GROUPS = ("Family", None, None, None, "Dates", None, None, None, "How it ended", None)
MERGED = ("A1:J1", "A2:D2", "E2:H2", "I2:J2")
HEADERS = (
    "Our ref no",
    "Child's name",
    "District lived in",
    "Primary SEND",
    "Referred date",
    "Mediation asked for",
    "Council told",
    "Meeting held on",
    "How it ended",
    "End date",
)
MATCHED = {"C": "Area", "H": "Meeting date"}
"""What a person must say of columns, by their letter; the rest is guessed, and only confirmed."""
ANSWERS = {
    "ASD": "Autistic spectrum disorder",
    "Speech/lang delay": "Speech, language and communication needs",
}


def own_spreadsheet(path: Path, first: date = FIRST_QUARTER, *, wrong: int = 0) -> Path:
    """Write the spreadsheet of one quarter.

    Parameters
    ----------
    wrong : how many cases end before they were referred, which must be put right.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mediation log"
    sheet.append((f"{PROVIDER}: families seen from {first:%d %B %Y}",))
    sheet.append(GROUPS)
    for merged in MERGED:
        sheet.merge_cells(merged)
    sheet.append(HEADERS)
    for number in range(CASES):
        day = first + timedelta(days=3 * number)
        held = number < HELD
        ended = day - timedelta(days=2) if number >= CASES - wrong else day + timedelta(days=15)
        sheet.append(
            (
                f"NG-{first:%m}{number:03d}",
                NAMES[number % 2],
                "Harlow",
                tuple(ANSWERS)[number % 2],
                day,
                day,
                day + timedelta(days=2),
                day + timedelta(days=14) if held else None,
                "Mediation meeting held" if held else "Parent changed their mind",
                ended,
            )
        )
    sheet.append(("Total", None, None, None, None, None, None, HELD, None, None))
    book.save(path)
    return path
