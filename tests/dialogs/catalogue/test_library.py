from collections import Counter
from itertools import product

import pytest

from dialogs.catalogue.library import library, suggestions
from dialogs.vocabulary import Aspect, Grade, UnitKind, aspects_of


def test_the_library_has_107_points_with_codes_of_their_own() -> None:
    assert len(library()) == 107
    assert len({point.code for point in library()}) == 107
    assert Counter(point.kind for point in library()) == {UnitKind.OFFICE: 75, UnitKind.VILLAGE: 32}


def test_every_field_of_every_point_is_filled() -> None:
    for point in library():
        assert all((point.post, point.name, point.manifestation, point.measure, point.indicator)), (
            point.code
        )


def test_every_grade_is_the_worse_of_likelihood_and_severity() -> None:
    for point in library():
        assert point.grade == Grade(min(point.likelihood, point.severity)), point.code


def test_points_of_the_same_post_come_first_the_gravest_before_the_others() -> None:
    titles = [
        point.post
        for point in suggestions("村委會主任", UnitKind.VILLAGE, Aspect.COLLECTIVE_ASSETS)
    ]
    assert titles[:2] == ["村委會主任", "村委會主任"]
    assert titles[2] == "村委會委員（分管項目）"  # it begins alike
    assert len(titles) == 6


def test_a_title_with_an_addition_finds_the_post_it_contains() -> None:
    first = suggestions("分管副鎮長（農業農村）", UnitKind.OFFICE, Aspect.PROCESS)[0]
    assert first.post == "分管副鎮長"


def test_a_full_width_title_is_the_same_title() -> None:
    half = suggestions("村會計(文書)", UnitKind.VILLAGE, Aspect.SPECIAL_FUNDS)
    assert half == suggestions("村會計（文書）", UnitKind.VILLAGE, Aspect.SPECIAL_FUNDS)
    assert half[0].post == "村會計（文書）"


@pytest.mark.parametrize("title", ["", " ", "村", "長", "飼養員", "財政所", "=1+1"])
def test_whatever_the_title_there_are_one_to_six_points_of_the_aspect(title: str) -> None:
    for kind in UnitKind:
        for aspect in aspects_of(kind):
            points = suggestions(title, kind, aspect)
            assert 1 <= len(points) <= 6, (kind, aspect)
            assert all(point.kind is kind for point in points)
            assert len(set(points)) == len(points)


def test_an_aspect_that_a_unit_is_not_asked_about_gets_no_town_advice() -> None:
    assert not suggestions("鎮長", UnitKind.OFFICE, Aspect.HOUSING_LAND)


def test_four_village_points_fit_none_of_the_three_domains() -> None:
    fitting = {
        point.code
        for point, aspect in product(library(), aspects_of(UnitKind.VILLAGE))
        if point in suggestions(point.post, UnitKind.VILLAGE, aspect)
    }
    unfitting = {point.code for point in library() if point.kind is UnitKind.VILLAGE} - fitting
    assert unfitting == {"V020", "V028", "V030", "V031"}


def test_village_spending_is_asked_about_under_the_collectives_assets() -> None:
    points = suggestions("村黨組織書記", UnitKind.VILLAGE, Aspect.COLLECTIVE_ASSETS)
    assert "V006" in {point.code for point in points}
