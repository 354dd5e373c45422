"""The three files of a pack: each of its kind, under a name of its own, and the same whenever it is made."""

import io
import zipfile
from dataclasses import replace

from data_access.packs.files import pack_files, stem_of
from domain.access import Audience
from domain.look import Look
from domain.periods import Period
from tests.logos import a_logo
from tests.packs import a_pack

LOOK = Look("Example Council", "#00703c", a_logo())


def test_a_pack_has_slides_a_document_and_a_workbook_that_are_the_same_when_made_again() -> None:
    slides, document, workbook = pack_files(a_pack(), LOOK)
    stem = "meeting-mentoring-provider-a-2018-07-to-2018-09-provider-provider-a"
    assert [file.name for file in (slides, document, workbook)] == [
        f"{stem}.{ending}" for ending in ("pptx", "pdf", "xlsx")
    ]
    made = [file.make() for file in (slides, document, workbook)]
    assert [file.make() for file in pack_files(a_pack(), LOOK)] == made
    for content, part in ((made[0], "ppt/presentation.xml"), (made[2], "xl/workbook.xml")):
        assert part in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert made[1].startswith(b"%PDF-")


def test_packs_of_other_people_months_and_audiences_have_other_names() -> None:
    one = a_pack()
    others = [
        replace(one, provider=""),
        replace(one, area="E07000066"),
        replace(one, period=Period.parse("2018-04..2018-06")),
        *(replace(one, audience=who.key) for who in (Audience.US, Audience.PROVIDERS, Audience.PUBLIC)),
    ]
    names = [stem_of(pack) for pack in (one, *others)]
    assert len(set(names)) == len(names)
    assert names[1] == "meeting-mentoring-all-2018-07-to-2018-09-provider-provider-a"
    assert not any(set(name) & set("/\\:*?") for name in names)
