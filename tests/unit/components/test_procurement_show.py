"""What is said before a needs assessment leaves for bidders."""

from streamlit.testing.v1 import AppTest


def _apart() -> None:
    from components.procurement_show import say_apart
    from domain.procurement.expected import own_volumes

    ours = own_volumes((600, 711, 800), (), 202704, 2)
    say_apart(ours, own_volumes((600, 730, 800), (), 202704, 2))
    say_apart(ours, None)
    say_apart(ours, own_volumes((900, 1259, 1500), (), 202704, 2))


def test_who_sends_it_is_told_where_bidders_would_read_of_another_number() -> None:
    (warning,) = AppTest.from_function(_apart).run().warning
    assert "1,259 referrals are expected in Apr 2027 to Mar 2028; your own number is 711" in warning.value
