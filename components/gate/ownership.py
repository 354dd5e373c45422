"""What is each person's own among the addresses: their sessions, what they upload, and the files that were made for them."""

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.gate.door import path_of
from components.gate.files import MEDIA, file_of, holders_of, is_held_by
from components.gate.people import IDENTITY
from components.gate.refusals import Refusal, tell_soon
from components.identity import Identity
from components.sessions import belongs_to, owner_of
from domain.sign_in import AuthMode, SignIn

_UPLOAD: Final = re.compile(r"/_stcore/upload_file/([^/]+)/.*", re.DOTALL)
_PROTOCOLS: Final = "sec-websocket-protocol"


class Ownership:
    """Refuse what is another person's. Where nobody signs in, everything is the one person's who sits there."""

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        self.app, self.sign_in = app, sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is the person's own, and refuse the rest."""
        identity: Identity | None = scope.get(IDENTITY)
        if identity is None or self.sign_in.mode is AuthMode.NONE:
            await self.app(scope, receive, send)
            return
        path, user = path_of(scope), identity.user
        refused = (
            await self._session_refused(scope, path, user)
            if scope["type"] == "websocket"
            else await self._file_refused(path, user)
        )
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self.app(_without_unknown_session(scope), receive, send)

    async def _file_refused(self, path: str, user: str) -> PlainTextResponse | None:
        upload = _UPLOAD.fullmatch(path)
        if upload is not None and not belongs_to(upload[1], user):
            await tell_soon(Refusal(user, "an upload into another session", path))
            return PlainTextResponse("This session is not yours", 403)
        if path.startswith(MEDIA) and not is_held_by(file_of(path), user):
            # What is not known at all is only not found: an address of yesterday, or one whose page is just being drawn.
            owners = [owner_of(session) for session in holders_of(file_of(path))]
            if owners and None not in owners:
                await tell_soon(Refusal(user, "a file made for another session", path))
            return PlainTextResponse("Not found", 404)
        return None

    async def _session_refused(self, scope: Scope, path: str, user: str) -> PlainTextResponse | None:
        owner = owner_of(_session_named(scope))
        if owner in (None, user):
            return None
        await tell_soon(Refusal(user, "another person's session", path))
        return PlainTextResponse("This session is not yours", 403)


def _session_named(scope: Scope) -> str:
    """The session that a browser had, and names third among the protocols when it connects again."""
    named = (Headers(scope=scope).get(_PROTOCOLS) or "").split(",")
    return named[2].strip() if len(named) > 2 else ""


def _without_unknown_session(scope: Scope) -> Scope:
    """The same request without a session that is nobody's yet: Streamlit then makes a new one instead of looking for it."""
    session = _session_named(scope) if scope["type"] == "websocket" else ""
    if not session or owner_of(session) is not None:
        return scope
    kept = [pair for pair in scope["headers"] if pair[0].lower() != _PROTOCOLS.encode()]
    first, token, *_ = (Headers(scope=scope).get(_PROTOCOLS) or "").split(",")
    protocols = f"{first.strip()}, {token.strip()}"
    return {**scope, "headers": [*kept, (_PROTOCOLS.encode(), protocols.encode("latin-1"))]}
