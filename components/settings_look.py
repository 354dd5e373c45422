"""The part of the Settings page on how packs look: the council's colour and its logo."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import Final

import streamlit as st

from components.frame import section
from components.settings_frame import Step, attempt, submitted
from domain.look import MOST_OF_A_LOGO, logo_words, look_of, put_look
from domain.settings import Settings

COLOUR: Final = "Colour of packs"
COLOUR_WORDS: Final = (
    "As # and six digits or letters a to f, such as #1f4e79. Blank: the dashboard's own. Titles and edges take it, with black or white "
    "text on it, whichever is read better. It never stands for a status."
)
LOGO: Final = "Logo of packs, a PNG or JPEG picture"
LOGO_WORDS: Final = f"At most {MOST_OF_A_LOGO // 1024} KB. Slides and documents carry it; workbooks do not, so that it is set here alone."
TAKE_OUT: Final = "Take the logo out"
TITLE: Final = "What packs look like"
_SHOWN_WIDE: Final = 240


def look_part(settings: Settings, turn: int) -> Step | None:
    """The colour and the logo of the packs for meetings: shown, changed, taken out."""
    section(TITLE)
    _show(settings)
    with st.form(f"look_{turn}"):
        colour = st.text_input(
            COLOUR, settings.colour, max_chars=20, key=f"look_colour_{turn}", placeholder="#rrggbb"
        )
        st.caption(COLOUR_WORDS)
        file = st.file_uploader(
            LOGO,
            type=["png", "jpg", "jpeg"],
            key=f"look_logo_{turn}",
            max_upload_size=1,
        )
        st.caption(LOGO_WORDS)
        out = st.checkbox(TAKE_OUT, key=f"look_out_{turn}") if settings.logo else False
        if not submitted("Check the colour and the logo"):
            return None
    if out and file is not None:
        st.error("A logo is chosen, and the one there is to be taken out: do one of the two.")
        return None
    logo = file.getvalue() if file is not None else b"" if out else settings.logo
    return attempt(TITLE, lambda: put_look(settings, colour, logo))


def _show(settings: Settings) -> None:
    """The logo there is, and the colour with its text on it, as packs have them."""
    look = look_of(settings)
    if look.logo:
        # Not by Streamlit's own picture, which offers to save what it shows.
        data = f"data:image/{look.kind};base64,{b64encode(look.logo).decode()}"
        name = escape(f"The logo of {look.council or 'the council'}")
        st.html(f'<img src="{data}" alt="{name}" style="max-width:{_SHOWN_WIDE}px;height:auto">')
        st.caption(f"The logo: {logo_words(look.logo)}")
    if look.colour:
        # Only ever '#' and six of 0 to f: `domain.look.colour_from` lets nothing else in.
        st.html(
            f'<div style="background:{look.colour};color:{look.ink()};padding:0.75rem 1rem;max-width:{_SHOWN_WIDE}px">'
            f"{look.colour}</div>"
        )
