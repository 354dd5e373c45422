"""A real OpenID provider for a test: a process on a free port that signs in whoever is chosen from a list, stopped afterwards."""

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from urllib.error import URLError

PATIENCE_SECONDS = 60
SECRET = "a-secret-of-the-tests-that-is-long-enough"


@dataclass(frozen=True)
class Provider:
    """A provider that runs: its address, and what it says of the requests that it gets."""

    address: str
    said: IO[str]

    def heard(self, address: str) -> bool:
        """Whether a request for an address reached it."""
        self.said.seek(0)
        return address in self.said.read()

    def settings(self, **further: str) -> dict[str, str]:
        """What a dashboard needs in its environment to have people sign in here."""
        return {
            "AUTH_MODE": "oidc",
            "OIDC_CLIENT_ID": "dashboard",
            "OIDC_CLIENT_SECRET": "dashboard-secret",
            "OIDC_METADATA_URL": f"{self.address}/.well-known/openid-configuration",
            "OIDC_REDIRECT_URI": "{address}/oauth2callback",
            "COOKIE_SECRET": SECRET,
            **further,
        }


@contextmanager
def running_provider(people: Mapping[str, Mapping[str, object]]) -> Iterator[Provider]:
    """Start the provider.

    Parameters
    ----------
    people : by the name that is on their button, what the provider says of them besides.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for name, claims in people.items():
        command += ["--user-claims", json.dumps({"sub": name, **claims})]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as said:
        provider = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not _answers(f"{address}/.well-known/openid-configuration"):
                if provider.poll() is not None or time.monotonic() > deadline:
                    said.seek(0)
                    raise RuntimeError(f"The provider did not start: {said.read()}")
                time.sleep(0.1)
            yield Provider(address, said)
        finally:
            provider.terminate()
            provider.wait(timeout=10)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
