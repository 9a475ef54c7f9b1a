"""docs/warning-rules.md is written from the decorators of the rules, and says nothing else."""

import inspect

import pytest

from dialogs.catalogue.policy import policy
from dialogs.messages import plain_words
from dialogs.rules.signals import RULES, Rule
from dialogs.vocabulary import Language
from tests.house.places import ROOT

PAGE = ROOT / "docs" / "warning-rules.md"
BEGIN, END = "<!-- the rules -->", "<!-- end -->"


def row(rule: Rule) -> str:
    sources = "、".join(plain_words(one, Language.ZH_HANT) for one in rule.looks_at)
    numbers = "<br>".join(
        f"`{name}` {policy()[name].value} {policy()[name].unit}" for name in rule.numbers
    )
    what = (inspect.getdoc(rule.ask) or "").partition("\n")[0]
    return f"| `{rule.name}` | {rule.version} | {what} | {sources} | {numbers} |"


def rulebook() -> str:
    head = "| rule | version | what it does | 看什麼 | numbers |\n|---|---|---|---|---|"
    rows = [row(RULES[name]) for name in sorted(RULES)]
    basis = [
        f"- `{name}`: {policy()[name].basis}"
        for name in sorted({name for rule in RULES.values() for name in rule.numbers})
    ]
    return "\n".join([head, *rows, "", "What the numbers rest on:", "", *basis])


def test_the_rulebook_says_what_the_rules_say(request: pytest.FixtureRequest) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    written, _, after = rest.partition(END)
    current = f"\n\n{rulebook()}\n\n"
    if request.config.getoption("--update"):
        PAGE.write_text(f"{before}{BEGIN}{current}{END}{after}", encoding="utf-8")
        written = current
    assert written == current


@pytest.mark.parametrize("name", RULES)
def test_no_number_of_a_rule_is_settled_by_us(name: str) -> None:
    assert not any(policy()[number].settled for number in RULES[name].numbers)
