from importlib.resources import files

from dialogs.catalogue.library import library
from dialogs.documents.roster import read_roster
from dialogs.vocabulary import Role
from tests.builders.township import example_township

SHIPPED = read_roster(files("dialogs.catalogue").joinpath("township.xlsx").read_bytes())


def test_the_example_township_has_22_units_80_posts_and_90_people() -> None:
    assert len(SHIPPED.units) == 22
    assert len(SHIPPED.posts) == 80
    assert len(SHIPPED.people) == 90


def test_the_shipped_workbook_is_what_its_builder_writes() -> None:
    assert example_township() == SHIPPED


def test_every_role_occurs_and_there_is_one_commission_secretary() -> None:
    roles = [role for person in SHIPPED.people for role in person.roles]
    assert set(roles) == set(Role) - {Role.VILLAGER}
    assert roles.count(Role.COMMISSION_SECRETARY) == 1
    assert roles.count(Role.COMMISSION_MEMBER) == 3


def test_every_post_is_held_by_somebody() -> None:
    held = {appointment.post for appointment in SHIPPED.appointments if appointment.end is None}
    assert held == {post.code for post in SHIPPED.posts}


def test_some_people_hold_two_posts() -> None:
    current = [held.person for held in SHIPPED.appointments if held.end is None]
    assert sum(current.count(person.code) == 2 for person in SHIPPED.people) >= 5


def test_most_posts_are_known_to_the_library() -> None:
    known = {point.post for point in library()}
    assert sum(post.title in known for post in SHIPPED.posts) >= 70


def test_no_two_people_share_a_name() -> None:
    assert len({person.name for person in SHIPPED.people}) == 90
