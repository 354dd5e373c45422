"""The parts of the Overview that are not panels: the key figures, who is outstanding, and the ways on."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.basis import base_words
from components.formats import counted, interval, month, number, percent_of, unmarked
from components.navigation import PAGES, PAGES_FOLDER
from domain.disclosure import Released


def show_key_figures(referrals: Released, live: Released, rate: Released) -> None:
    """Three figures side by side, each with what it rests on."""
    grid = st.grid("auto", min_column_width=240, key="key_figures")
    referred = referrals.total.met if referrals.total else 0
    open_cases = live.total.met if live.total else 0
    share = rate.total
    rated = percent_of(share.met, share.base) if share else percent_of(0, 0)
    made_of = f"{number(share.met)} of {number(share.base)}" if share else "0 of 0"
    limits = f", 95% limits {interval(share.low, share.high)}" if share and share.base else ""
    figures = (
        ("Referrals", number(referred), f"By date of referral. {base_words(referrals)}"),
        ("Live cases", number(open_cases), f"At the end of {month(live.at)}. {base_words(live)}"),
        (
            "Homelessness prevented",
            rated,
            f"{made_of} completed cases{limits}. {base_words(rate)}",
        ),
    )
    for place, (label, value, words) in enumerate(figures):
        with grid.container(border=True, height="stretch", key=f"key_figure_{place}"):
            st.metric(label, value)
            st.caption(unmarked(words))


def show_outstanding(outstanding: Sequence[str]) -> None:
    """Whose returns are due and have not come."""
    st.header("Returns outstanding" if outstanding else "No return is outstanding", anchor=False)
    if outstanding:
        st.markdown(
            f"{counted(len(outstanding), 'return')} due and not received; these months may be too low."
        )
        st.markdown("\n".join(f"- {unmarked(words)}" for words in outstanding))
    else:
        st.markdown("Every provider under contract has sent its returns up to the latest period reported.")


def show_ways_on(link: Mapping[str, Sequence[str]]) -> None:
    """Links to the other pages that keep what is chosen."""
    st.header("Look further", anchor=False)
    for entry in PAGES[1:]:
        st.page_link(
            PAGES_FOLDER / entry.file,
            label=f"{entry.title}: {entry.help[:1].lower()}{entry.help[1:]}",
            icon=entry.icon,
            query_params={name: list(values) for name, values in link.items()},
        )
