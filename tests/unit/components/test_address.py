"""What is chosen stands in the address and goes with the reader."""

from streamlit.testing.v1 import AppTest


def page_with_a_picker() -> None:
    import streamlit as st

    from components.address import PAGE, allow, fill, one_of, write

    st.session_state[PAGE] = st.session_state.get("turned_to", "first")
    options = st.session_state.get("options", ["a", "b", "c"])
    fill("letter", one_of(options, str.upper, "a"), "a")
    allow("letter", options, "a")
    chosen = st.selectbox("Letter", options, key="letter")
    write("letter", [] if chosen == "a" else [chosen.upper()])


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(page_with_a_picker)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_an_address_fills_the_picker_and_nonsense_does_not() -> None:
    assert opened(letter="B").selectbox(key="letter").value == "b"
    nonsense = opened(letter="Z")
    assert nonsense.selectbox(key="letter").value == "a"
    assert "letter" not in nonsense.query_params


def test_a_choice_is_written_into_the_address_and_the_first_one_is_not() -> None:
    app = opened()
    app.selectbox(key="letter").set_value("c").run()
    assert app.query_params["letter"] == "C"
    app.selectbox(key="letter").set_value("a").run()
    assert "letter" not in app.query_params


def test_a_choice_goes_with_the_reader_to_another_page() -> None:
    app = opened(letter="B")
    app.session_state["turned_to"] = "second"
    del app.query_params["letter"]
    app.run()
    assert app.selectbox(key="letter").value == "b"
    assert app.query_params["letter"] == "B"


def test_going_back_on_the_same_page_takes_the_choice_away() -> None:
    app = opened(letter="B")
    del app.query_params["letter"]
    app.run()
    assert app.selectbox(key="letter").value == "a"


def test_what_can_no_longer_be_chosen_is_dropped() -> None:
    app = opened(letter="C")
    app.session_state["options"] = ["a", "b"]
    app.run()
    assert not app.exception
    assert app.selectbox(key="letter").value == "a"
