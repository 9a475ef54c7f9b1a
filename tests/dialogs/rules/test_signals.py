"""Each rule by what it is told, and what holds of all of them together."""

import inspect
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.catalogue.policy import number
from dialogs.messages import plain_words
from dialogs.rules.signals import GRAVITY, RULES, UNVERIFIED, Look, Sign, suggest
from dialogs.rules.signals.looking import rule
from dialogs.vocabulary import Language, WarningLevel, WarningSource
from tests.builders.signs import earlier, late, look, sign
from tests.dialogs.told import some_id

YELLOW, ORANGE, RED = WarningLevel
S = WarningSource
FIRST = some_id(77).hex


def unanswered(level: WarningLevel, *, failed: bool = False) -> Sign:
    return sign(S.UNANSWERED, 5, level=level.value, number="YJ-1", warning=FIRST, failed=failed)


def repeated(level: WarningLevel, count: int) -> Sign:
    return sign(S.REPEATED, level=level.value, count=count)


def overdue(number: str, ago: int = 0) -> Sign:
    return sign(S.MONITORING, ago, lapse="overdue", number=number)


def late_matter(number: str, *, drafted: Sequence[WarningLevel] = ()) -> Sign:
    return sign(S.LATE_MATTER, 3, over=False, drafted=drafted, number=number)


def late_matters_told(*numbers: str) -> Sequence[Sign]:
    return [late_matter(number, drafted=[YELLOW]) for number in numbers]


TABLE = [
    # A rule, what it looks at, and what it suggests.
    ("late_form", look(), None),
    ("late_form", look(late(S.LATE_FORM, 0)), None),
    ("late_form", look(late(S.LATE_FORM, 1)), YELLOW),
    ("late_form", look(late(S.LATE_FORM, 7)), YELLOW),  # five working days
    ("late_form", look(late(S.LATE_FORM, 14)), YELLOW),  # ten working days
    ("late_form", look(late(S.LATE_FORM, 15)), ORANGE),
    ("late_form", look(late(S.LATE_FORM, 7, drafted=[YELLOW])), None),
    ("late_form", look(late(S.LATE_FORM, 15, drafted=[YELLOW])), ORANGE),
    ("late_form", look(late(S.LATE_FORM, 15, drafted=[ORANGE])), None),
    ("late_form", look(late(S.LATE_FORM, 400)), None),  # over a year ago
    ("late_measure", look(late(S.LATE_MEASURE, 1)), YELLOW),
    ("late_measure", look(late(S.LATE_MEASURE, 15)), ORANGE),
    ("late_measure", look(late(S.LATE_FORM, 15)), None),
    ("late_answer", look(late(S.LATE_ANSWER, 2)), YELLOW),
    ("late_answer", look(late(S.LATE_ANSWER, 0)), None),
    ("late_disclosure", look(late(S.LATE_DISCLOSURE, 2)), YELLOW),
    ("late_disclosure", look(late(S.LATE_DISCLOSURE, 0)), None),
    ("late_matter", look(late(S.LATE_MATTER, 14)), None),
    ("late_matter", look(late(S.LATE_MATTER, 15)), ORANGE),
    ("complaint_upheld", look(), None),
    ("complaint_upheld", look(sign(S.COMPLAINT)), YELLOW),
    ("complaint_upheld", look(sign(S.COMPLAINT, drafted=[YELLOW]), sign(S.COMPLAINT, 9)), YELLOW),
    ("complaint_upheld", look(*(sign(S.COMPLAINT, n, drafted=[YELLOW]) for n in range(3))), ORANGE),
    ("complaint_upheld", look(*(sign(S.COMPLAINT, 180 * n) for n in range(3))), ORANGE),
    ("complaint_upheld", look(*(sign(S.COMPLAINT, 200 * n) for n in range(3))), YELLOW),
    ("two_similar", look(sign(S.MONITORING, lapse="attitude")), None),
    ("two_similar", look(*(sign(S.MONITORING, n, lapse="attitude") for n in (0, 89))), YELLOW),
    ("two_similar", look(*(sign(S.MONITORING, n, lapse="attitude") for n in (0, 90))), None),
    ("two_similar", look(*(sign(S.MONITORING, lapse=n) for n in ("attitude", "not_told"))), None),
    ("two_similar", look(sign(S.MONITORING, lapse="overdue"), late(S.LATE_MATTER, 3)), YELLOW),
    ("two_similar", look(overdue("1"), late_matter("1")), None),  # one matter, seen twice
    ("two_similar", look(overdue("1"), late_matter("2")), YELLOW),
    ("two_similar", look(overdue("1"), overdue("1", 3)), None),
    ("two_similar", look(overdue("1"), *late_matters_told("1", "2")), None),  # told already
    ("two_similar", look(overdue("3"), *late_matters_told("1", "2")), YELLOW),
    ("skipped_step", look(sign(S.SKIPPED_STEP)), YELLOW),
    ("skipped_step", look(sign(S.SKIPPED_STEP, grave=True)), RED),
    ("skipped_step", look(*(sign(S.SKIPPED_STEP, n, refused=True) for n in range(2))), None),
    ("skipped_step", look(*(sign(S.SKIPPED_STEP, n, refused=True) for n in range(3))), YELLOW),
    ("found_with_loss", look(sign(S.AUDIT)), None),
    ("found_with_loss", look(sign(S.AUDIT, loss=True)), RED),
    ("found_with_loss", look(sign(S.INSPECTION, loss=True)), RED),
    ("unanswered", look(unanswered(YELLOW)), ORANGE),
    ("unanswered", look(unanswered(ORANGE)), RED),
    ("unanswered", look(unanswered(ORANGE, failed=True)), RED),
    ("unanswered", look(unanswered(RED)), None),  # what is above it is the county's
    ("too_many", look(repeated(YELLOW, 3)), None),
    ("too_many", look(repeated(YELLOW, 4)), ORANGE),
    ("too_many", look(repeated(ORANGE, 3)), RED),
    ("too_many", look(repeated(RED, 2)), None),
    ("same_again", look(late(S.LATE_FORM, 5)), None),
    ("same_again", look(late(S.LATE_FORM, 5), earlier=[earlier(YELLOW, 99, S.LATE_FORM)]), ORANGE),
    ("same_again", look(late(S.LATE_FORM, 5), earlier=[earlier(YELLOW, 99, S.COMPLAINT)]), None),
    ("same_again", look(late(S.LATE_FORM, 5), earlier=[earlier(YELLOW, 2, S.LATE_FORM)]), None),
    ("same_again", look(late(S.LATE_FORM, 5), earlier=[earlier(YELLOW, 380, S.LATE_FORM)]), None),
]


@pytest.mark.parametrize(("name", "seen", "level"), TABLE)
def test_a_rule_suggests(name: str, seen: Look, level: WarningLevel | None) -> None:
    made = RULES[name].ask(seen)
    assert (made.level if made else None) is level


def test_every_rule_is_in_the_table_with_and_without_a_suggestion() -> None:
    assert {name for name, _, level in TABLE if level} == RULES.keys()
    assert {name for name, _, level in TABLE if level is None} == RULES.keys()


def test_what_was_not_answered_is_named_and_gives_way() -> None:
    (made,) = suggest(look(unanswered(YELLOW)))
    assert (made.level, made.instead_of) == (ORANGE, some_id(77))


def test_a_signal_goes_into_the_gravest_draft_alone() -> None:
    seen = look(late(S.LATE_FORM, 5), earlier=[earlier(YELLOW, 99, S.LATE_FORM)])
    assert [made.rule for made in suggest(seen)] == ["same_again"]


def test_another_number_makes_another_suggestion() -> None:
    seen = look(late(S.LATE_FORM, 1))
    assert suggest(seen)
    later = {"late_yellow": 3}
    assert not suggest(replace(seen, number=lambda name: later.get(name) or number(name)))


def test_a_complaint_that_was_partly_true_is_told_as_no_more() -> None:
    (made,) = suggest(look(sign(S.COMPLAINT, 2), sign(S.COMPLAINT, 1, partly=True)))
    true, partly = [plain_words(reason.fact, Language.ZH_HANT) for reason in made.why]
    assert true.endswith("經核實屬實")
    assert partly.endswith("經核實部分屬實")


def test_a_vote_joins_what_is_suggested_and_is_told_as_what_it_is() -> None:
    vote = sign(S.VOTE, 3, voices=9)
    assert not suggest(look(vote))
    (made,) = suggest(look(vote, late(S.LATE_MEASURE, 2)))
    assert [reason.sign.source for reason in made.why] == [S.LATE_MEASURE, S.VOTE]
    assert "僅供參考" in plain_words(made.why[1].fact, Language.ZH_HANT)


FACTS = {
    S.UNANSWERED: {"level": "yellow", "number": "YJ-1", "warning": FIRST},
    S.REPEATED: {"level": "yellow", "count": 4},
    S.MONITORING: {"lapse": "attitude"},
    S.LATE_FORM: {"form": "self_check"},
    S.AUDIT: {"loss": True, "reference": "審字1號"},
    S.INSPECTION: {"loss": True, "reference": "檢字1號"},
    S.SKIPPED_STEP: {"grave": True},
    S.VOTE: {"voices": 9},
}


@st.composite
def signs(draw: st.DrawFn, sources: tuple[WarningSource, ...] = tuple(S)) -> Sign:
    source = draw(st.sampled_from(sources))
    told = FACTS.get(source, {}) if draw(st.booleans()) else {}
    needed = {S.UNANSWERED, S.REPEATED, S.MONITORING, S.LATE_FORM, S.VOTE}
    return sign(
        source,
        draw(st.integers(0, 500)),
        over=draw(st.booleans()),
        drafted=draw(st.lists(st.sampled_from(WarningLevel), max_size=1)),
        **(FACTS[source] if source in needed else told),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[object, ...]:
    several = st.tuples(
        st.sampled_from(WarningLevel), st.integers(0, 500), st.sampled_from(tuple(S))
    )
    return tuple(earlier(*one) for one in draw(st.lists(several, max_size=4)))


def gravest(seen: Look) -> int:
    return max((GRAVITY[made.level] for made in suggest(seen)), default=-1)


@given(st.lists(signs(tuple(UNVERIFIED)), max_size=8), histories())
def test_nothing_is_ever_suggested_on_what_nobody_verified(
    seen: list[Sign], before: tuple[object, ...]
) -> None:
    assert suggest(look(*seen, earlier=before)) == []  # type: ignore[arg-type]


@given(st.lists(signs(), max_size=8), signs(), histories())
def test_one_signal_more_never_makes_it_milder(
    seen: list[Sign], more: Sign, before: tuple[object, ...]
) -> None:
    without = look(*seen, earlier=before)  # type: ignore[arg-type]
    assert gravest(replace(without, signs=[*seen, more])) >= gravest(without)


@given(st.lists(signs(), max_size=8), histories())
def test_what_went_into_a_draft_gives_no_second_one(
    seen: list[Sign], before: tuple[object, ...]
) -> None:
    told = look(*seen, earlier=before)  # type: ignore[arg-type]
    for made in suggest(told):
        used = made.signs
        told = replace(
            told,
            signs=[
                replace(one, drafted=one.drafted | {made.level}) if one.id in used else one
                for one in told.signs
            ],
        )
    assert suggest(told) == []


@given(st.lists(signs(), max_size=8), histories())
def test_every_reason_is_said_in_words(seen: list[Sign], before: tuple[object, ...]) -> None:
    for made in suggest(look(*seen, earlier=before)):  # type: ignore[arg-type]
        assert made.why
        assert made.rule in RULES
        for language in Language:
            assert plain_words(made.demand, language)
            for reason in made.why:
                assert plain_words(reason.fact, language)
                assert plain_words(reason.basis, language)


def test_the_name_of_a_rule_is_taken_once() -> None:
    with pytest.raises(ValueError, match="late_form"):
        rule("late_form", version=2, looks_at=())(lambda _: None)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_the_numbers_it_uses(name: str) -> None:
    family = inspect.getmodule(RULES[name].ask)
    assert family is not None
    used = set(re.findall(r'number\("(\w+)"\)', inspect.getsource(family)))
    assert set(RULES[name].numbers) <= used
