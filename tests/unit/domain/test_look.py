"""How packs look: only what is a colour and a picture is taken, and what changed is said."""

from dataclasses import replace

import pytest

from domain.look import MOST_OF_A_LOGO, Look, colour_from, logo_from, logo_words, look_of, put_look
from domain.settings_changes import changes_between
from domain.settings_edits import NotPossible
from tests.builders import some_settings
from tests.logos import a_logo


@pytest.mark.parametrize("text", ["navy", "#12345", "#1234567", "#12345g", "url(x)", "#123456;color:red"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(NotPossible, match="is not a colour"):
        colour_from(text)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_of_either_kind_is_kept_as_it_is(kind: str) -> None:
    logo = a_logo(kind=kind)
    assert logo_from(logo) == logo
    assert Look(logo=logo).kind == kind.casefold()
    assert logo_words(logo) == f"{kind}, 64 by 32 pixels, 1 KB"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (a_logo(kind="GIF"), "not a PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPEG"),
        (a_logo(200, 200)[:-40], "damaged"),
        (a_logo() + bytes(MOST_OF_A_LOGO), "at most 200 KB"),
        (a_logo(4001, 20), "4,001 by 20 pixels"),
        (a_logo(15, 100), "15 by 100 pixels"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        logo_from(data)


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#757575", "#777777", "#ff0000", "#00703c", "#ffd700"]
)
def test_text_on_the_colour_has_the_contrast_that_it_needs(colour: str) -> None:
    def light(code: str) -> float:
        parts = [int(code[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05

    one, other = light(colour), light(Look(colour=colour).ink())
    assert max(one, other) / min(one, other) >= 4.5


def test_a_change_of_the_look_is_said_and_another_picture_of_the_same_size_too() -> None:
    bare = some_settings()
    worn = put_look(bare, "#1F4E79", a_logo())
    assert look_of(worn) == Look("Anywhere Council", "#1f4e79", a_logo())
    assert changes_between(bare, worn) == (
        "Colour of packs: none → #1f4e79",
        "Logo of packs: none → PNG, 64 by 32 pixels, 1 KB",
    )
    (said,) = changes_between(worn, replace(worn, logo=a_logo(mode="RGBA")))
    assert said.endswith("1 KB (another picture)")
    assert changes_between(worn, put_look(worn, "", b"")) == (
        "Colour of packs: #1f4e79 → none",
        "Logo of packs: PNG, 64 by 32 pixels, 1 KB → none",
    )
