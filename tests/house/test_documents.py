"""What the documents say exists."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.core import TyperGroup
from typer.main import get_command

from bot.commands import app
from tests.house.places import ROOT, named, read, tracked

DOCUMENTS = [path for path in tracked() if path.suffix == ".md" and "tests" not in path.parts]
LINK = re.compile(r"(?:\]\(|src=\")(?!https?://|mailto:)([^)\"#]*)(#[^)\"]*)?[)\"]")
CODE = re.compile(r"```.*?```", re.DOTALL)
MADE = re.compile(r"\bmake ([a-z]+)\b")
CALLED = re.compile(r"(?:^|`)(?:\.venv/bin/)?qingfeng ([a-z-]+(?: [a-z-]+)*)", re.MULTILINE)
FORM = ["What", "Why", "What else was considered", "What it costs"]
PROJECT = tomllib.loads(read("pyproject.toml"))
GROUPS = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
WANTED = [Requirement(one) for group in GROUPS for one in group]
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=named)


def anchors(text: str) -> set[str]:
    """List the places of a document that can be linked to."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EVERY_DOCUMENT
def test_every_link_leads_somewhere(document: Path) -> None:
    for target, anchor in LINK.findall(CODE.sub("", document.read_text(encoding="utf-8"))):
        place = (document.parent / target).resolve() if target else document
        assert place.exists(), target
        if anchor:
            assert anchor[1:] in anchors(place.read_text(encoding="utf-8")), anchor


@EVERY_DOCUMENT
def test_every_command_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    can_be_made = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert set(MADE.findall("\n".join(CODE.findall(text) + re.findall(r"`[^`]+`", text)))) <= (
        can_be_made
    )
    for called in CALLED.findall(text):
        found: object = get_command(app)
        for word in called.split():
            if not isinstance(found, TyperGroup):
                break
            assert word in found.commands, called
            found = found.commands[word]


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    assert "make test" in read("README.md")
    assert read(".ci/run").rstrip().endswith("\nmake test")


def test_every_room_is_on_the_map() -> None:
    for room in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert f"`{room}/`" in read("README.md")
        assert f"`{room}/`" in read("docs/architecture.md")


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.name)
def test_every_dependency_has_its_reason(wanted: Requirement) -> None:
    table = read("docs/decisions/0009-dependencies.md")
    assert re.search(rf"^\|[^|]*`{wanted.name}(\[\w+\])?`", table, re.MULTILINE)


def test_no_reason_is_given_for_what_is_not_there() -> None:
    rows = re.findall(r"^\| (`.+?) \|", read("docs/decisions/0009-dependencies.md"), re.MULTILINE)
    named_there = {name for row in rows for name in re.findall(r"`([\w.-]+)", row)}
    assert named_there == {wanted.name for wanted in WANTED}


@pytest.mark.parametrize(
    "decision", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem
)
def test_a_decision_has_the_plain_form(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == FORM


def locked() -> dict[str, tuple[str, str]]:
    """Read the lock file: each package's version and the rest of its entry."""
    entries = re.split(r"\n(?=\w)", read("requirements.lock"))
    found = {}
    for entry in entries:
        name, version, rest = re.match(r"([\w.\[\]-]+)==([^\s;]+)(.*)", entry, re.DOTALL).groups()  # type: ignore[union-attr]
        found[canonicalize_name(name.partition("[")[0])] = (version, rest)
    return found


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.name)
def test_the_lock_satisfies_what_is_wanted(wanted: Requirement) -> None:
    version, _ = locked()[canonicalize_name(wanted.name)]
    assert wanted.specifier.contains(version)


def test_every_locked_package_has_hashes() -> None:
    assert [name for name, (_, rest) in locked().items() if "--hash=sha256:" not in rest] == []


def test_the_lock_names_no_address() -> None:
    assert "://" not in read("requirements.lock")


def test_pictures_are_light_enough_to_load() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert len(pictures) >= 2
    assert [named(one) for one in pictures if one.stat().st_size > 300_000] == []
