"""Addresses of pages that were taken into another one: an old link leads on, with what was chosen in it."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

MOVED: Final = {"cases_used": "contracts"}
"""The address that a page had, and the one of the page that took it in."""


def moved_routes() -> list[Route]:
    """An answer for each old address. They stand behind the door as every page does: who is not signed in signs in first."""
    return [Route(f"/{old}", _lead_to(new), methods=["GET"]) for old, new in MOVED.items()]


def _lead_to(new: str) -> Callable[[Request], Awaitable[Response]]:
    async def lead(request: Request) -> Response:
        """Lead on, with the choice; by a relative address, so that it holds also under a path of a server in front."""
        query = request.url.query
        return RedirectResponse(f"{new}?{query}" if query else new, 301)

    return lead
