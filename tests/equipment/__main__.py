"""Set up the browser and LibreOffice, and try the database server before the tests start."""

import sys

from sqlalchemy import create_engine, text

from tests.equipment.chromium import chromium_path
from tests.equipment.libreoffice import soffice_path
from tests.equipment.missing import MissingEquipmentError
from tests.equipment.postgres import running_postgres


def main() -> int:
    """Say what was found. Returns 0, or 1 when something is missing."""
    try:
        print(f"Browser: {chromium_path()}")
        print(f"Spreadsheet program: {soffice_path()}")
        with running_postgres() as url:
            engine = create_engine(url)
            with engine.connect() as connection:
                print(f"Database server: {connection.execute(text('SELECT version()')).scalar_one()}")
            engine.dispose()
    except MissingEquipmentError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


sys.exit(main())
