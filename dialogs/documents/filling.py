"""The official forms, filled from what was said in the conversation."""

from collections.abc import Iterator, Sequence
from datetime import date

from dialogs.documents.search_form import NoRisk, PersonalSearchForm, SearchPoint, Signature
from dialogs.events import SelfChecked


def filled_search_form(
    checked: SelfChecked,
    *,
    town: str,
    name: str,
    on: date,
    powers: Sequence[str] = (),
    filled_in_by: str = "",
) -> PersonalSearchForm:
    """Fill 個人廉政風險查找表 from a self-check; the chain after one's own signature is blank."""
    return PersonalSearchForm(
        town=town,
        unit=checked.post.unit,
        name=name,
        post=checked.post.title,
        duty=checked.post.duty,
        filled_on=on,
        rows=tuple(rows(checked)),
        signed=Signature(name, on, filled_in_by),
        powers=powers,
    )


def rows(checked: SelfChecked) -> Iterator[SearchPoint | NoRisk]:
    """List the rows of the form, aspect by aspect."""
    for aspect in checked.aspects:
        if aspect.none_because is not None:
            yield NoRisk(aspect.aspect, aspect.none_because)
        for point in aspect.points:
            yield SearchPoint(
                aspect.aspect,
                point.name,
                numbered([way.manifestation for way in point.ways]),
                point.likelihood,
                point.severity,
                point.grade,
                numbered([way.measure for way in point.ways]),
            )


def numbered(texts: Sequence[str]) -> str:
    """Write several texts a line each under numbers, one as it is."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
