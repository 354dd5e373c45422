"""Who is here, by what the sign-in says of them."""

from datetime import UTC, datetime, timedelta

import pytest

from components.identity import (
    LOCAL_IDENTITY,
    Identity,
    ask_sign_outs,
    forget_sign_out,
    from_claims,
    holds,
    signed_out_at,
    who_is_here,
)
from domain.access import LOCAL_USER
from domain.sign_in import AuthMode, SignIn

OIDC = SignIn(mode=AuthMode.OIDC)
GIVEN = {"is_logged_in": True, "iat": 1_790_000_000, "email": " Jo@Council.Example ", "sub": "Id-7"}


def named(**claims: object) -> str | None:
    """Whom claims name."""
    found = from_claims({**GIVEN, **claims}, OIDC)
    return found.user if found else None


def test_a_person_is_named_in_small_letters_with_the_moment_of_their_sign_in() -> None:
    assert from_claims(GIVEN, OIDC) == Identity(
        "jo@council.example", datetime.fromtimestamp(1_790_000_000, UTC)
    )


@pytest.mark.parametrize(
    ("claims", "user"),
    [
        ({"email_verified": True}, "jo@council.example"),
        ({"email_verified": False}, "id-7"),
        ({"email_verified": "false"}, "id-7"),
        ({"email_verified": False, "sub": "jo@council.example"}, None),
        ({"email_verified": True, "sub": "jo@council.example"}, "jo@council.example"),
        ({"email": None}, "id-7"),
        ({"email": None, "sub": None}, None),
        ({"is_logged_in": False}, None),
        ({"iat": True}, None),
    ],
)
def test_an_address_that_the_provider_did_not_verify_is_nobodys_name(
    claims: dict[str, object], user: str | None
) -> None:
    assert named(**claims) == user


def test_another_claim_can_name_people() -> None:
    by_id = SignIn(mode=AuthMode.OIDC, user_claim="oid")
    found = from_claims({**GIVEN, "oid": "OBJECT-1"}, by_id)
    assert found is not None
    assert found.user == "object-1"


def test_where_nobody_signs_in_whoever_sits_there_is_the_local_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUTH_MODE", raising=False)

    assert who_is_here() is LOCAL_IDENTITY
    assert LOCAL_IDENTITY.user == LOCAL_USER.user


def test_the_database_is_asked_once_in_ten_seconds_for_each_person_and_at_once_after_a_sign_out() -> None:
    asked: list[str] = []
    ask_sign_outs(lambda user: asked.append(user))
    try:
        for _ in range(3):
            signed_out_at("jo")
        signed_out_at("kim")
        assert asked == ["jo", "kim"]
        forget_sign_out("jo")
        signed_out_at("jo")
        assert asked == ["jo", "kim", "jo"]
    finally:
        ask_sign_outs(lambda _: None)


def test_a_sign_in_holds_until_it_is_too_old_or_the_person_signs_out() -> None:
    now = datetime.now(UTC)
    short = SignIn(mode=AuthMode.OIDC, session_hours=0.5)
    moments = {"kim": now - timedelta(minutes=5)}
    ask_sign_outs(moments.get)
    try:
        assert holds(Identity("jo", now - timedelta(minutes=29)), short)
        assert not holds(Identity("jo", now - timedelta(minutes=31)), short)
        assert not holds(Identity("kim", now - timedelta(minutes=6)), short)
        assert holds(Identity("kim", now - timedelta(minutes=4)), short)
        assert holds(Identity("kim", None), short)
    finally:
        ask_sign_outs(lambda _: None)
