"""Published figures: does the dashboard count what the source documents print, and what does not fit in them?"""

import streamlit as st

from components.frame import page_head
from components.navigation import require_shell
from components.published_parts import (
    EXAMPLES_NOTE,
    choose_document,
    choose_figures,
    published_sentence,
    published_title,
    show_figures,
    show_findings,
)
from data_access.sources import examples_store
from data_access.verify import hold_figures
from domain.tally import Source
from pages._desk import open_desk
from pages._who import viewer_of

require_shell()

desk = open_desk(filters=False)
head = st.container()
source = choose_document()
with st.spinner("Counting the example cases. The first time this can take a minute."):
    examples = desk.store if desk.store.source is Source.EXAMPLES else examples_store()
    held = hold_figures(examples, viewer_of(examples), source.key)
sentence = published_sentence(source, held)
with head:
    page_head(published_title(held), sentence, presented=False)
    st.caption(EXAMPLES_NOTE)
show_figures(source, choose_figures(held), sentence)
show_findings(source)
