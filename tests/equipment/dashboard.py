"""A dashboard of its own for a test: a server process on a free port, stopped afterwards."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90


@contextmanager
def running_dashboard(**environment: str) -> Iterator[str]:
    """Start ``streamlit run app.py`` and give its address, without a slash at the end.

    Parameters
    ----------
    **environment
        Variables for the server, such as ``DATABASE_URL``. ``{address}`` in one stands for the server's own address.

    Raises
    ------
    RuntimeError
        The server ended or was not ready in time; the message quotes what it said.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with tempfile.TemporaryFile("w+") as said:
        told = {name: value.replace("{address}", address) for name, value in environment.items()}
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **told}, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not _is_ready(address):
                if server.poll() is not None or time.monotonic() > deadline:
                    said.seek(0)
                    raise RuntimeError(f"The dashboard did not start: {said.read()}")
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=10)


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
