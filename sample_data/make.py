"""Write the examples: ``python -m sample_data.make [FOLDER]``, by default into ``sample_data``."""

from __future__ import annotations

import io
import shutil
import sys
from importlib import resources
from pathlib import Path

from data_access.settings_workbook import write_settings_template
from sample_data.exceptions import exceptions_csv
from sample_data.homelessness.sending import sendings as homelessness
from sample_data.housing.sending import sendings as housing
from sample_data.mentoring.sending import sendings as mentoring
from sample_data.send.sending import sendings as send
from sample_data.sending import Sending
from sample_data.settings import example_settings
from sample_data.workbook import same_every_time, write_returns

HERE = Path(__file__).parent
RETURNS = HERE / "returns"
SETTINGS = HERE / "settings.xlsx"
PUBLISHED = HERE / "published"
EXCEPTIONS = HERE / "exceptions.csv"
_SAVED = b"2018-11-14T09:00:00Z"

SERVICES = (mentoring, send, housing, homelessness)
"""Each service's returns, as ``sendings()`` of ``sample_data.<service>.sending``."""


def all_sendings() -> tuple[Sending, ...]:
    """Give the example returns of every service."""
    return tuple(sending for sendings in SERVICES for sending in sendings())


def make(folder: Path = RETURNS) -> list[Path]:
    """Write all example workbooks into a folder and give their paths; the same bytes every time."""
    return write_returns(folder, all_sendings())


def make_settings(path: Path = SETTINGS) -> Path:
    """Write the settings workbook of the examples and give its path; the same bytes every time."""
    buffer = io.BytesIO()
    write_settings_template(buffer, example_settings())
    path.write_bytes(same_every_time(buffer.getvalue(), _SAVED))
    return path


def make_exceptions(path: Path = EXCEPTIONS) -> Path:
    """Write the agreed exceptions of the examples and give their path."""
    path.write_bytes(exceptions_csv())
    return path


def copy_published(folder: Path = PUBLISHED) -> list[Path]:
    """Copy what the source documents print beside the examples, where ``init --sample DIR`` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    with resources.as_file(resources.files("domain") / "published") as published:
        for path in sorted(published.glob("figures_*.csv")):
            paths.append(Path(shutil.copyfile(path, folder / path.name)))
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for written in (*make(target / RETURNS.name), *copy_published(target / PUBLISHED.name)):
        print(written)
    print(make_settings(target / SETTINGS.name))
    print(make_exceptions(target / EXCEPTIONS.name))
