"""What stands under every figure: its base, what is missing, how far the data reach, and who may see it."""

from dataclasses import replace

from components.panel import Basis
from domain.base_words import base_words, source_words, subject_of
from domain.disclosure import Released
from domain.figure_rows import behind
from domain.issued import together
from domain.settings import Settings
from domain.whose import for_whom


def basis_of(released: Released, settings: Settings, *others: Released) -> Basis:
    """What a released figure rests on, in words; `others` are figures of the same panel, which is withheld where one of them is."""
    measure = released.measure
    when = measure.dated_by
    chosen = released.selection
    return Basis(
        base=base_words(released),
        about=f"{measure.definition} Counted {when}. Source of the definition: {measure.source}.",
        selection=f"Shown: {chosen.sentence(settings)}.",
        audience=f"{for_whom(released.audience, settings, chosen.service)}.",
        example=source_words(released),
        footnotes=released.footnotes,
        without=released.not_given,
        withheld=next((one.withheld for one in (released, *others) if one.withheld), ""),
        hidden=sum(len(one.hidden) or one.total_hidden for one in (released, *others)),
        subject=subject_of(next((one for one in (released, *others) if one.withheld), released)),
        service=chosen.service,
        provider=chosen.providers[0] if len(chosen.providers) == 1 else "",
        issued=together([one.issue for one in (released, *others)]),
        rows=behind(released),
    )


def giving_away(basis: Basis, *released: Released | None) -> Basis:
    """The same basis of a panel whose file shows these figures too."""
    return replace(basis, issued=together([basis.issued, *(one.issue for one in released if one)]))
