"""Every sentence the code says, found by reading the code itself."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from bot.token_watch import Trouble
from dialogs import asking, prompts, vocabulary
from dialogs.catalogue.privacy import KEPT, LIMITS
from dialogs.flows.case_work import SIFTING
from dialogs.rules.access import Action, Section
from dialogs.rules.anonymity import Tale
from dialogs.rules.handling import UNTOLD
from dialogs.rules.reminding import stages_of
from dialogs.rules.signals import RULES
from dialogs.vocabulary import (
    Aspect,
    BroadcastMove,
    DeadlineKind,
    KeptFor,
    Lack,
    PaperKind,
    Shortfall,
    Viewing,
)

ROOT = Path(__file__).parents[3]
ROOMS = ("bot", "dialogs", "scheduler", "storage")
ELSEWHERE = "bot/playground/"  # it has words of its own
COMMANDS = ("menu", "cancel", "help", "language", "privacy")

NOTED = (  # the steps of a warning with which something is written
    *("drop", "redraft", "deliver", "audit", "accept", "keep_day", "revoke", "report_up"),
    *("lift", "archive", "look_back", "leave", "open_lead"),
)
BY_THE_WRITER = ("supplement", "rate", "reopen", "retaliation", "withdraw")
WITH_TEXT = ("supplement", "reopen", "retaliation")
NO_TEXTS = (PaperKind.MANIFEST, PaperKind.ORIGINAL, PaperKind.COPY, PaperKind.CAME_BY)
REASONS = (  # the kinds of reasons the rules of warnings give
    *("late_form", "late_measure", "late_answer", "late_disclosure", "late_matter"),
    *("complaint", "complaint_partly", "monitoring", "skipped", "skipped_grave", "refused", "loss"),
    *("unanswered", "undecided", "failed", "repeated", "again", "vote"),
)
DEMANDS = ("late", "complaint", "similar", "skipped", "loss", "unanswered", "too_many", "again")
# What a key with gaps stands for; () where its sentences are found at the callers.
GAPS: Mapping[str, tuple[str, ...]] = {
    "ask.{}": (),
    "signal.fact_{}": tuple(f"signal.fact_{one}" for one in REASONS),
    "signal.basis_{}": tuple(f"signal.basis_{one}" for one in REASONS),
    "signal.demand_{}": tuple(f"signal.demand_{one}" for one in DEMANDS),
    "signal.rule_{}": tuple(f"signal.rule_{one}" for one in RULES),
    "signal.number_{}": tuple(
        f"signal.number_{one}" for one in {name for rule in RULES.values() for name in rule.numbers}
    ),
    "signal.form_{}": tuple(
        f"signal.form_{kind}" for kind in ("self_check", "mutual_check", "regrade")
    ),
    "refused.{}": (),
    "word.{}.{}": (),
    "title.{}": tuple(
        f"title.{question}"
        for question in (
            "broadcast.caption",
            "broadcast.day",
            "broadcast.file",
            "broadcast.grades",
            "broadcast.hour",
            "broadcast.more",
            "broadcast.owed",
            "broadcast.posts",
            "broadcast.roles",
            "broadcast.stages",
            "broadcast.text",
            "broadcast.units",
            "catalogue.unit",
            "catalogues.file",
            "catalogues.trial",
            "complaint.above",
            "complaint.account",
            "complaint.accused",
            "complaint.came_by",
            "complaint.contact",
            "complaint.file",
            "complaint.further",
            "complaint.kind",
            "complaint.more",
            "complaint.person",
            "complaint.recusal",
            "complaint.unit",
            "entry.comment",
            "fill_in.asked_for",
            "entry.decision",
            "look_up.unit",
            "power.basis",
            "power.category",
            "power.commitment",
            "power.discipline",
            "power.ground",
            "power.name",
            "power.posts",
            "power.public",
            "power.subject",
            "power.which",
            "process.another",
            "process.complaint",
            "process.conditions",
            "process.days",
            "process.deed",
            "process.grade",
            "process.name",
            "process.post",
            "process.post_named",
            "process.powers",
            "process.rights",
            "process.risk",
            "process.risk_named",
            "process.step",
            "process.steps",
            "process.supervision",
            "process.watched",
            "process.which",
            "rule.document",
            "rule.file",
            "rule.in_force",
            "rule.number",
            "rule.system",
            "rule.text",
            "rule.title",
            "publish.due",
            "publish.roles",
            "publish.units",
            "self_check.adopt",
            "self_check.another",
            "self_check.grade",
            "self_check.likelihood",
            "self_check.manifestation",
            "self_check.measure",
            "self_check.name",
            "self_check.none_because",
            "self_check.pick",
            "self_check.reason",
            "self_check.severity",
            "self_check.measure_of",
            "finding.adopt",
            "finding.declined_because",
            "finding.same",
            "finding.one",
            "measure.due",
            "measure.indicator",
            "measure.owner",
            "revise.aspect",
            "revise.deed",
            "revise.explanation",
            "revise.which",
            "round.close",
            "round.due",
            "round.name",
            "matter.applicant",
            "matter.conditions",
            "matter.contact",
            "matter.wanted",
            "warning.another",
            "warning.basis",
            "warning.cause",
            "warning.correct_by",
            "warning.correction",
            "warning.demand",
            "warning.fact",
            "warning.file",
            "warning.level",
            "warning.of_day",
            "warning.pledge",
            "warning.source",
            "warning.verified",
        )
    ),
    "title.{}.{}": (),
    "ask.warning.note_{}": tuple(f"ask.warning.note_{move}" for move in NOTED),
    "ask.warning.confirm_{}": ("ask.warning.confirm_leave", "ask.warning.confirm_open_lead"),
    "missing.{}": tuple(f"missing.{what}" for what in Lack),
    "rule.by_{}": tuple(f"rule.by_{way}" for way in ("text", "file", "keep", "later")),
    "engine.{}": ("engine.back", "engine.cancel"),
    "xlsform.fault.{}": (),
    "roster.fault.{}": tuple(
        f"roster.fault.{what}" for what in ("not_a_workbook", "too_large", "too_many_rows")
    ),
    "roster.part_{}": tuple(
        f"roster.part_{part}"
        for part in ("new", "changed", "held", "roles", "group", "kin", "missing")
    ),
    "refused.xlsform.{}": ("refused.xlsform.required", "refused.xlsform.constraint"),
    "ask.self_check.{}": tuple(f"ask.self_check.{aspect}" for aspect in Aspect),
    "reminder.{}.{}": tuple(
        f"reminder.{kind}.{stage}" for kind in DeadlineKind for stage in stages_of(kind)
    ),
    "receipt.{}": tuple(f"receipt.{move}" for move in BY_THE_WRITER),
    "ask.receipt.{}": tuple(f"ask.receipt.{move}" for move in WITH_TEXT),
    "receipt.done_{}": tuple(f"receipt.done_{move}" for move in BY_THE_WRITER),
    "receipt.said_{}": ("receipt.said_answer", "receipt.said_supplement"),
    "case.paper_{}": tuple(f"case.paper_{kind}" for kind in PaperKind if kind not in NO_TEXTS),
    "ask.case.sift_{}": tuple(f"ask.case.sift_{move}" for move in SIFTING),
    "case.clock_{}": tuple(
        f"case.clock_{stage}" for stage in ("near", "before", "on_day", "late", "very_late")
    ),
    "case.ping_{}": tuple(f"case.ping_{move}" for move in [*BY_THE_WRITER, *UNTOLD]),
    "vault.key_set_{}": tuple(f"vault.key_set_{viewing}" for viewing in Viewing),
    "lacking.{}": tuple(f"lacking.{what}" for what in Shortfall),
    "work.{}": ("work.report_measure", "work.verify_measure"),
    "work.{}_line": ("work.report_measure_line", "work.verify_measure_line"),
    "broadcast.done_{}": tuple(f"broadcast.done_{move}" for move in BroadcastMove),
    "broadcast.told_{}": ("broadcast.told_approve", "broadcast.told_decline"),
    "broadcast.column_{}": tuple(
        f"broadcast.column_{column}"
        for column in ("name", "unit", "post", "phone", "state", "read_at")
    ),
    "command.{}": tuple(f"command.{name}" for name in COMMANDS),
    "audit.whose_{}": tuple(f"audit.whose_{whose}" for whose in ("everybody", "person", "unit")),
    "kept.{}": tuple(f"kept.{one.name}" for one in KEPT),
    "kept_for.{}": tuple(f"kept_for.{span}" for span in KeptFor),
    "token.{}": tuple(f"token.{one}" for one in Trouble),
    "limit.{}": tuple(f"limit.{name}" for name in LIMITS),
}
# Closed sets that nobody is shown by themselves, and what is said in their place.
UNSAID: Mapping[str, str] = {
    "KeptFor": "said in sentences of its own, kept_for.*",
    "FindingState": "what becomes of a finding is said in sentences of its own",
    "Shortfall": "each has a sentence of its own, lacking.*",
    "ReminderStage": "each stage has a sentence of its own, reminder.*",
}
# Where a call names what is wrong with a workbook.
FAULTS: Mapping[tuple[str, str], int] = {
    ("documents", "fault"): 1,
    ("documents", "add"): 3,
    ("documents", "Fault"): 3,
    ("xlsform", "fault"): 2,
    ("xlsform", "add"): 3,
    ("xlsform", "Fault"): 3,
    ("xlsform", "Wrong"): 0,
    ("xlsform", "BadType"): 0,
}
PLACE = {"sheet", "row", "column"}
ASKING = {name for name, _ in inspect.getmembers(asking, inspect.isgeneratorfunction)}
SHARED = {"ask_account"}  # questions that two flows ask, each by a key of its own
PROMPTS = {
    name
    for name, kind in inspect.getmembers(prompts, inspect.isclass)
    if issubclass(kind, prompts.Prompt)
}


@dataclass(frozen=True)
class Said:
    """A sentence said at a place; `given` are the values it gets, None if that cannot be read."""

    key: str
    place: str
    given: frozenset[str] | None = None
    on_a_button: bool = False


class Reading(ast.NodeVisitor):
    """One module being read."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self.path = path
        self.room = path.split("/")[-2]
        self.said: list[Said] = []
        self.texts: set[str] = set()
        self.labels: set[ast.AST] = set()
        self.asking = {
            name.asname or name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "dialogs.asking"
            for name in node.names
        }
        self.bases: list[str] = []
        self.visit(tree)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.add(node.value)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.bases.append(" ".join(ast.unparse(base) for base in node.bases))
        self.generic_visit(node)
        self.bases.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node.func)
        words = {word.arg: word.value for word in node.keywords if word.arg}
        if name in ("Button", "Option"):
            place = 0 if name == "Button" else 1
            self.labels.update(
                ast.walk(node.args[place]) if len(node.args) > place else (),
                ast.walk(words["label"]) if "label" in words else (),
            )
        self.hear(node, name, words)
        self.generic_visit(node)

    def hear(self, node: ast.Call, name: str, words: dict[str, ast.expr]) -> None:
        """Note what one call says."""
        given = None if None in {word.arg for word in node.keywords} else frozenset(words)
        first = node.args[0] if node.args else words.get("key")
        is_refusal = name == "__init__" and bool(self.bases) and self.bases[-1] == "Refused"
        if name == "Phrase":
            self.note(node, first, "", filled(node, words))
        elif name == "say" and node.args:
            self.note(node, first, "", given)
        elif name == "Refused" or is_refusal:
            self.note(node, first, "refused.", given)
        elif name in (self.asking & ASKING) | SHARED and "ask" not in words:
            self.note(node, first, "ask.", given)
        elif name in PROMPTS and "ask" not in words:
            self.note(node, words.get("key"), "ask.", filled(node, words))
        elif (self.room, name) in FAULTS:
            self.hear_fault(node, name, given)

    def hear_fault(self, node: ast.Call, name: str, given: frozenset[str] | None) -> None:
        """Note what is wrong with a workbook; a roster's fault is filled with its place too."""
        at = FAULTS[self.room, name]
        if len(node.args) <= at:
            return
        if self.room == "documents":
            filled_later = given is None or name == "Fault"
            known = None if filled_later else (given or frozenset()) | PLACE
            self.note(node, node.args[at], "roster.fault.", known)
        else:
            self.note(node, node.args[at], "xlsform.fault.", None)

    def note(
        self, node: ast.Call, key: ast.expr | None, prefix: str, given: frozenset[str] | None
    ) -> None:
        place, label = f"{self.path}:{node.lineno}", node in self.labels
        for written in keys_of(key):
            whole = prefix + written.removeprefix(prefix)
            for full in GAPS.get(whole, (whole,)):
                self.said.append(Said(full, place, given, label))


def called(function: ast.expr) -> str:
    """Name what is called."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def filled(node: ast.Call, words: Mapping[str, ast.expr]) -> frozenset[str] | None:
    """Name the values a phrase or prompt is given, if they are written out."""
    values = words.get("values", node.args[1] if len(node.args) > 1 else None)
    match values:
        case None:
            return frozenset()
        case ast.Dict(keys=names) if all(isinstance(name, ast.Constant) for name in names):
            return frozenset(str(name.value) for name in names if isinstance(name, ast.Constant))
        case _:
            return None


def keys_of(node: ast.expr | None) -> Iterator[str]:
    """Read the keys an expression can be; a gap stands as empty braces."""
    match node:
        case ast.Constant(value=str(key)):
            yield key.partition("@")[0]
        case ast.IfExp(body=body, orelse=orelse):
            yield from keys_of(body)
            yield from keys_of(orelse)
        case ast.JoinedStr(values=parts):
            pieces = [part.value if isinstance(part, ast.Constant) else "{}" for part in parts]
            yield "".join(str(piece) for piece in pieces).partition("@")[0]


@cache
def readings() -> tuple[Reading, ...]:
    """Read every module of ours that speaks."""
    paths = {
        path.relative_to(ROOT).as_posix(): path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }
    return tuple(
        Reading(name, ast.parse(path.read_text(encoding="utf-8")))
        for name, path in paths.items()
        if not name.startswith(ELSEWHERE)
    )


def said() -> list[Said]:
    """List what the code says, call by call."""
    return [one for reading in readings() for one in reading.said]


def texts() -> set[str]:
    """List every text written in the code: a key may go through a variable."""
    return {text for reading in readings() for text in reading.texts}


def words() -> set[str]:
    """List the keys of the words of the trade, a member each."""
    sets: list[type[Enum]] = [
        kind
        for _, kind in inspect.getmembers(vocabulary, inspect.isclass)
        if issubclass(kind, Enum) and list(kind) and kind.__name__ not in UNSAID
    ]
    every: list[type[Enum]] = [*sets, Action, Section, Tale]
    return {f"word.{kind.__name__}.{member.name}".lower() for kind in every for member in kind}
