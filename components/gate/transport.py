"""What belongs to the way between server and browser: cookies by https alone, and nothing kept of what was shown."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.gate.door import path_of
from components.gate.files import MEDIA
from components.gate.peers import by_https
from domain.sign_in import SignIn


class Transport:
    """Have cookies sent by https alone where browsers come by https, and nothing kept that a person was shown."""

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        self.app, self.sign_in = app, sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with what belongs to its transport."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        https = by_https(scope, self.sign_in)
        media = path_of(scope).startswith(MEDIA)

        async def send_so(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if media or headers.get("content-type", "").startswith("text/html"):
                    headers["cache-control"] = "no-store"
                if https:
                    headers["strict-transport-security"] = "max-age=31536000"
                    message["headers"] = [_secured(pair) for pair in message["headers"]]
            await send(message)

        await self.app(scope, receive, send_so)


def _secured(pair: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """A header as it is, or a cookie marked Secure; Streamlit never marks its own."""
    name, value = pair
    if name.lower() != b"set-cookie" or b"secure" in [part.strip().lower() for part in value.split(b";")]:
        return pair
    return name, value + b"; Secure"
