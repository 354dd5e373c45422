"""The settings of the sign-in are read from the environment, and a server that is half configured does not start."""

import pytest

from domain.sign_in import LOOPBACK_HOSTS, AuthMode, NotConfigured, read_sign_in

OIDC = {
    "AUTH_MODE": "oidc",
    "OIDC_CLIENT_ID": "dashboard",
    "OIDC_CLIENT_SECRET": "secret",
    "OIDC_METADATA_URL": "https://login.example/.well-known/openid-configuration",
    "OIDC_REDIRECT_URI": "https://dashboard.example.gov.uk/oauth2callback",
    "COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
}
PROXY = {"AUTH_MODE": "proxy", "ALLOWED_HOSTS": "Dashboard.example.gov.uk, other.example"}


def test_without_settings_nobody_signs_in_and_only_this_computer_is_answered() -> None:
    read = read_sign_in({})

    assert read.mode is AuthMode.NONE
    assert read.allowed_hosts == LOOPBACK_HOSTS
    assert read.secrets == {}
    assert not read.secure


def test_a_provider_needs_five_settings_and_the_rest_follows() -> None:
    read = read_sign_in(OIDC)

    assert read.mode is AuthMode.OIDC
    assert read.allowed_hosts == ("dashboard.example.gov.uk",)
    assert read.origin == "https://dashboard.example.gov.uk"
    assert read.secure
    assert read.session_hours == 8
    assert read.secrets["auth"] == {
        "redirect_uri": "https://dashboard.example.gov.uk/oauth2callback",
        "cookie_secret": "0123456789abcdef0123456789abcdef",
        "client_id": "dashboard",
        "client_secret": "secret",
        "server_metadata_url": "https://login.example/.well-known/openid-configuration",
    }


def test_a_server_in_front_needs_the_names_under_which_people_come() -> None:
    read = read_sign_in({**PROXY, "TRUSTED_PROXIES": "10.0.0.0/24, 10.1.0.7", "PROXY_USER_HEADER": "X-User"})

    assert read.allowed_hosts == ("dashboard.example.gov.uk", "other.example")
    assert read.proxy_header == "X-User"
    assert [read.trusts(one) for one in ("10.0.0.9", "10.1.0.7", "10.1.0.8", "", "nonsense", "::1")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_secrets_are_not_shown_where_the_settings_are() -> None:
    assert "0123456789abcdef" not in repr(read_sign_in(OIDC))


@pytest.mark.parametrize("lacking", [name for name in OIDC if name != "AUTH_MODE"])
def test_a_setting_that_is_lacking_is_named_with_what_it_should_hold(lacking: str) -> None:
    with pytest.raises(
        NotConfigured, match=rf"{lacking} is not set\. With AUTH_MODE=oidc it must hold .{{20}}"
    ):
        read_sign_in({**OIDC, lacking: " "})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"AUTH_MODE": "ldap"}, "AUTH_MODE is 'ldap'. It must be none, oidc or proxy."),
        ({"OIDC_REDIRECT_URI": "http://dashboard.example/oauth2callback"}, "must begin with https://"),
        ({"OIDC_REDIRECT_URI": "https://dashboard.example/"}, "followed by /oauth2callback"),
        ({"OIDC_REDIRECT_URI": "https://a@dashboard.example/oauth2callback"}, "followed by /oauth2callback"),
        ({"OIDC_REDIRECT_URI": "https://[dashboard/oauth2callback"}, "followed by /oauth2callback"),
        (
            {"OIDC_METADATA_URL": "http://login.example/.well-known/openid-configuration"},
            "begin with https://",
        ),
        (
            {
                "OIDC_METADATA_URL": "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"
            },
            "your own tenant in place of 'common'",
        ),
        ({"COOKIE_SECRET": "short"}, "COOKIE_SECRET has 5 characters"),
        ({"SESSION_HOURS": "0"}, "a number from 0.001 to 24"),
        ({"SESSION_HOURS": "25"}, "a number from 0.001 to 24"),
        ({"SESSION_HOURS": "nan"}, "a number from 0.001 to 24"),
        ({"SESSION_HOURS": "a day"}, "SESSION_HOURS is 'a day'"),
        ({"ALLOWED_HOSTS": "https://dashboard.example"}, "no https://"),
        ({"ALLOWED_HOSTS": "*"}, r"no \*"),
        ({"ALLOWED_HOSTS": "dashboard.example:8501"}, "no number of a port"),
        ({"TRUSTED_PROXIES": "the proxy"}, "TRUSTED_PROXIES holds 'the proxy'"),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES holds '10.0.0.1/8'"),
    ],
)
def test_a_setting_that_is_wrong_is_refused_in_words(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(NotConfigured, match=said):
        read_sign_in({**OIDC, **wrong})


def test_a_server_in_front_without_names_does_not_start() -> None:
    with pytest.raises(NotConfigured, match="ALLOWED_HOSTS is not set"):
        read_sign_in({"AUTH_MODE": "proxy"})


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_on_ones_own_computer_a_provider_may_send_people_back_by_http(host: str) -> None:
    read = read_sign_in(
        {**OIDC, "OIDC_REDIRECT_URI": f"http://{host}/oauth2callback", "SESSION_HOURS": "0.5"}
    )

    assert read.origin == f"http://{host}"
    assert read.allowed_hosts == (host.removesuffix(":8501"),)
    assert not read.secure
    assert read.session_hours == 0.5
