"""Files that are the same whenever they are made: what a program writes into them of the present moment is taken out again."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import Final

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that an archive can name."""
_MOMENTS: Final = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")


def fixed_zip(data: bytes, when: datetime | None = None) -> bytes:
    """An Office file without the moment it was made, inside the workbooks of its charts too.

    Parameters
    ----------
    data : a .pptx or .xlsx file. when : the moment that its properties name instead, as `MeetingPack.stood`; the first of 1980 where None.
    """
    moment = _written(when or datetime(*_FIRST, tzinfo=UTC))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".xlsx"):
                content = fixed_zip(content, when)
            elif name == "docProps/core.xml":
                content = _MOMENTS.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the file tells on which system it was made
            target.writestr(entry, content)
    return out.getvalue()


def moment_of(stood: datetime | None, last_day: date) -> datetime:
    """The moment a file of a pack says it was made: as its figures stood; before anything was saved the last day it is about."""
    return stood or datetime(last_day.year, last_day.month, last_day.day, tzinfo=UTC)


def _written(when: datetime) -> bytes:
    at = when.astimezone(UTC) if when.tzinfo else when
    return f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
