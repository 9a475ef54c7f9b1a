"""The official forms, filled from what was said in the conversation."""

from collections.abc import Iterator
from datetime import date

from dialogs.documents.search_form import NoRisk, PersonalSearchForm, SearchPoint, Signature
from dialogs.events import SelfChecked


def filled_search_form(
    checked: SelfChecked, *, town: str, name: str, on: date
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
        signed=Signature(name, on),
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
                point.manifestation,
                point.likelihood,
                point.severity,
                point.grade,
                point.measure,
            )
