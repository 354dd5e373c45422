"""Rows behind a figure: which cases is one number made of?"""

import streamlit as st

from components.figure_rows import show_rows, show_way_back
from components.frame import page_head
from components.navigation import require_shell
from components.present import presenting
from components.rows_link import BACK
from data_access.figure_rows import read_figure_rows
from domain.figure_row_words import title_of
from domain.figure_rows import FigureKey
from domain.formats import unmarked
from pages._audience import stop_unless_us
from pages._desk import open_desk
from pages._rows import find_figure, question_of

require_shell()

desk = open_desk(filters=False)
key = FigureKey.from_query({name: st.query_params.get_all(name) for name in st.query_params})
page = st.query_params.get(BACK, "")
if presenting():
    page_head("No rows while you present", presented=False)
    st.markdown("Single cases are not shown while you present.")
    show_way_back(key, page)
    st.stop()
stop_unless_us(desk.audience, "Rows behind a figure")

found = find_figure(desk, key) if key else None
if key is None or found is None:
    page_head("No such figure" if key else "No figure chosen", presented=False)
    st.markdown(
        "The table below each chart leads to the rows behind its numbers, for who may see single cases."
    )
    show_way_back(key, page)
    st.stop()

released, figure = found
rows = read_figure_rows(desk.store, desk.viewer, question_of(key), key.keys, key.side)
page_head(title_of(released.measure, figure), presented=False)
show_way_back(key, page)
st.caption(unmarked(f"Shown: {released.selection.sentence(desk.settings)}."))
show_rows(key, released, figure, rows, desk.settings, page)
st.caption(unmarked(released.measure.definition))
