"""What the server adds to its answers: the security headers, and where the server is."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing may be loaded from another machine. Streamlit and Plotly need the inline and eval parts.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws: wss: data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class SecurityHeaders:
    """Add the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)  # the sign-in page's own policy is stricter
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class ServerAddress:
    """Tell the browser where the server is, so that it does not look for it under each page's address.

    Without this, a browser that opens /demand first asks for /demand/_stcore/health, is told 404, and shows errors in its console.
    The name is one that Streamlit's front end reads at its start.
    """

    TOLD = b"<script>window.__streamlit = {BACKEND_BASE_URL: location.origin, HOST_CONFIG_BASE_URL: location.origin}</script>"

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and put the address into every HTML page that comes back."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        # A page comes uncompressed, or nothing could be put into it; it is small, and what it loads is not touched.
        scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        waiting = False

        async def send_with_address(message: Message) -> None:
            nonlocal waiting
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                waiting = (
                    headers.get("content-type", "").startswith("text/html") and "content-length" in headers
                )
                if waiting:
                    headers["content-length"] = str(int(headers["content-length"]) + len(self.TOLD))
            elif waiting and not message.get("more_body", False):
                # At the very end is early enough: the front end's own scripts wait until the page has been read.
                message = {**message, "body": message.get("body", b"") + self.TOLD}
            await send(message)

        await self.app(scope, receive, send_with_address)
