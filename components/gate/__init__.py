"""The gate in front of every request: who may come in, and what is each person's own.

Request by request, from the outside inwards: is it for this computer at all (where nobody signs in), for this name, for an address that
is open, from somebody who is signed in, and for what is theirs. See docs/decisions/0023.
"""

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from components.gate.door import Door
from components.gate.files import keep_files_apart
from components.gate.journey import Return, gate_routes
from components.gate.ownership import Ownership
from components.gate.peers import OnlyHere, keep_peers
from components.gate.people import Hooks, use_hooks
from components.gate.refusals import Refusal, tell, tell_to
from components.gate.transport import Transport
from components.server import SecurityHeaders
from domain.sign_in import SignIn

__all__ = [
    "Hooks",
    "Refusal",
    "gate",
    "gate_routes",
    "keep_files_apart",
    "keep_peers",
    "tell",
    "tell_to",
    "use_hooks",
]


def gate(sign_in: SignIn) -> list[Middleware]:
    """The gate's parts, the outermost first."""
    return [
        Middleware(OnlyHere, sign_in=sign_in),
        Middleware(SecurityHeaders),
        Middleware(Transport, sign_in=sign_in),
        Middleware(TrustedHostMiddleware, allowed_hosts=sign_in.allowed_hosts, www_redirect=False),
        Middleware(Door, sign_in=sign_in),
        Middleware(Ownership, sign_in=sign_in),
        Middleware(Return, sign_in=sign_in),
    ]
