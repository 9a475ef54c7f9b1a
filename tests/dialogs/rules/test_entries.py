from uuid import UUID

from dialogs.rules.entries import may_approve

HEAD, DEPUTY, LEADER, CLERK = (UUID(int=number) for number in range(1, 5))


def test_the_head_approves_what_another_wrote() -> None:
    assert may_approve(HEAD, CLERK, heads=[HEAD], leads=False)
    assert may_approve(HEAD, None, heads=[HEAD], leads=False)
    assert not may_approve(CLERK, HEAD, heads=[HEAD], leads=False)


def test_nobody_approves_their_own() -> None:
    for writer in (HEAD, LEADER):
        assert not may_approve(writer, writer, heads=[HEAD], leads=True)


def test_what_the_head_wrote_is_approved_by_the_leader_or_another_head() -> None:
    assert may_approve(LEADER, HEAD, heads=[HEAD], leads=True)
    assert may_approve(DEPUTY, HEAD, heads=[HEAD, DEPUTY], leads=False)


def test_the_leader_leaves_to_the_head_what_is_the_heads() -> None:
    assert not may_approve(LEADER, CLERK, heads=[HEAD], leads=True)


def test_where_there_is_no_head_the_leader_approves() -> None:
    assert may_approve(LEADER, CLERK, heads=[], leads=True)
