"""The server itself: it does not start where it would be open to others, and knows who is really in front of it."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.equipment.dashboard import ROOT, running_dashboard

PATIENCE_SECONDS = 120
WAYS = {
    "streamlit run": ("-m", "streamlit", "run", "app.py", "--server.port", "0", "--server.address", "{host}"),
    "python app.py": (
        "-c",
        "import app; app.app.run(config={{'server.port': 0, 'server.address': '{host}'}})",
    ),
    "uvicorn": ("-m", "uvicorn", "app:app", "--port", "0", "--host", "{host}"),
}
"""How the server is started; `python app.py` takes its address from a file of settings, and here from the call it makes."""


def ended(folder: Path, arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the server and wait until it has ended by itself."""
    told = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'dashboard.db'}", **environment}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def status(address: str, **headers: str) -> int:
    """With what a request is answered."""
    asked = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize("host", ["0.0.0.0"])
def test_where_nobody_signs_in_the_server_refuses_to_listen_to_other_computers(
    way: str, host: str, tmp_path: Path
) -> None:
    server = ended(tmp_path, [part.format(host=host) for part in WAYS[way]])

    assert server.returncode != 0
    assert f"may only be reached from this computer. It was about to listen on {host}." in server.stderr
    assert "Traceback" not in server.stderr


def test_a_variable_of_uvicorns_is_no_way_round(tmp_path: Path) -> None:
    server = ended(tmp_path, ["-m", "uvicorn", "app:app", "--port", "0"], UVICORN_HOST="::")

    assert server.returncode != 0
    assert "It was about to listen on ::." in server.stderr


def test_a_server_that_is_half_configured_does_not_start_and_says_what_is_lacking(tmp_path: Path) -> None:
    server = ended(tmp_path, ["-m", "uvicorn", "app:app", "--port", "0"], AUTH_MODE="oidc")

    assert server.returncode != 0
    assert "The dashboard does not start. OIDC_REDIRECT_URI is not set." in server.stderr
    assert "Traceback" not in server.stderr


def test_a_server_whose_database_does_not_answer_says_so_in_a_line_without_its_password(
    tmp_path: Path,
) -> None:
    server = ended(
        tmp_path,
        ["-m", "uvicorn", "app:app", "--port", "0"],
        DATABASE_URL="postgresql+psycopg://app:the-password@127.0.0.1:1/dashboard",
    )

    assert server.returncode != 0
    assert (
        "The dashboard does not start. The database postgresql+psycopg://app:***@127.0.0.1:1/dashboard does not answer."
        in server.stderr
    )
    assert "the-password" not in server.stderr
    assert "connection failed" not in server.stderr


def test_a_path_before_all_addresses_is_refused_because_the_gate_would_not_know_them(tmp_path: Path) -> None:
    arguments = ["-m", "streamlit", "run", "app.py", "--server.port", "0", "--server.baseUrlPath", "board"]

    server = ended(tmp_path, arguments)

    assert server.returncode != 0
    assert "server.baseUrlPath is set to 'board'." in server.stderr


def test_who_is_in_front_is_the_computer_that_connects_and_not_what_a_header_says(tmp_path: Path) -> None:
    proxy = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'dashboard.db'}",
        "AUTH_MODE": "proxy",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    named = {"X_Forwarded_Email": "jo@council.example"}

    with running_dashboard(**proxy) as address:
        assert status(address, **named) == 200
        # uvicorn takes the visitor's address from this header; the server in front is this computer all the same.
        assert status(address, **named, X_Forwarded_For="192.0.2.7") == 200
        assert status(address) == 401
        assert status(f"{address}/_stcore/metrics", **named) == 404
    with running_dashboard(**proxy, TRUSTED_PROXIES="10.0.0.1") as address:
        assert status(address, **named) == 401
        assert status(address, **named, X_Forwarded_For="10.0.0.1") == 401


def test_where_nobody_signs_in_a_server_in_front_that_passes_others_on_is_refused(tmp_path: Path) -> None:
    with running_dashboard(DATABASE_URL=f"sqlite:///{tmp_path / 'dashboard.db'}") as address:
        assert status(address) == 200
        assert status(address, X_Forwarded_For="192.0.2.7") == 403
        assert status(address, Host="dashboard.example") == 400
