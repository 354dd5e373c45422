"""The gate in front of every request: who may come in, and what is each person's own.

Request by request, from the outside inwards: is it for this computer at all (where nobody signs in), for this name, for an address that
is open, from somebody who is signed in, and for what is theirs. See docs/decisions/0023.
"""

import os
from collections.abc import Callable
from datetime import datetime

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from streamlit.runtime import get_instance

from components.gate.door import Door
from components.gate.files import keep_files_apart
from components.gate.journey import Return, gate_routes
from components.gate.ownership import Ownership
from components.gate.peers import OnlyHere, keep_peers
from components.gate.people import Hooks, use_hooks
from components.gate.refusals import Refusal, tell, tell_to
from components.gate.transport import Transport
from components.identity import ask_sign_outs
from components.server import SecurityHeaders
from domain.sign_in import NotConfigured, SignIn, read_sign_in

__all__ = [
    "Hooks",
    "Refusal",
    "connect",
    "gate",
    "gate_routes",
    "keep_peers",
    "settings_or_end",
    "tell",
    "tell_to",
    "use_hooks",
]


def settings_or_end() -> SignIn:
    """The settings of the sign-in; where one is lacking, the server does not start and says which."""
    try:
        return read_sign_in(os.environ)
    except NotConfigured as lacking:
        raise SystemExit(f"The dashboard does not start. {lacking}") from None


def connect(
    *,
    told: Callable[[str, str, str], None],
    signed_in: Callable[[str], None],
    signed_out: Callable[[str], None],
    ended_at: Callable[[str], datetime | None],
) -> None:
    """Hand the gate the database's part, once the server's runtime is there.

    Parameters
    ----------
    told : keeps a refusal: to whom, of what, at which address. signed_in, signed_out : keep who did.
    ended_at : when somebody signed out last.
    """
    tell_to(lambda refusal: told(refusal.user, refusal.what, refusal.address))
    use_hooks(Hooks(signed_in, signed_out))
    ask_sign_outs(ended_at)
    keep_files_apart(get_instance().media_file_mgr)


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
