"""How an entry of the catalogues reads in the chat: its fields, then its steps, a few a message."""

from collections.abc import Mapping, Sequence

from dialogs.documents.flowchart import Chart, Node
from dialogs.facts import EntryShown, Missing, PowerEntry, ProcessEntry, RuleEntry, StepEntry
from dialogs.speech import Listing, Phrase, Sayable
from dialogs.vocabulary import EntryKind, Lack

STEPS_A_PAGE = 3


def pages(shown: EntryShown) -> Sequence[Sequence[Sayable]]:
    """Lay an entry out as messages of some paragraphs each."""
    head = list(heading(shown))
    match shown.content:
        case PowerEntry() as power:
            return [[*head, power_page(power, shown)]]
        case ProcessEntry() as process:
            lines = [
                step_line(number, step, shown.titles)
                for number, step in enumerate(process.steps, 1)
            ]
            starts = range(0, len(lines), STEPS_A_PAGE)
            steps = [[Listing(lines[at : at + STEPS_A_PAGE])] for at in starts]
            return [[*head, process_page(process, shown)], *steps]
        case RuleEntry() as rule:
            return [[*head, rule_page(rule, shown)], *([[rule.text]] if rule.text else [])]


def heading(shown: EntryShown) -> Sequence[Sayable]:
    """Say, to those inside, which version it is and how it differs from the one in force."""
    if not shown.inside:
        return []
    said: list[Sayable] = [
        Phrase("entry.version", {"version": shown.version, "state": shown.state})
    ]
    if shown.changed:
        kind = kind_of(shown)
        fields = Listing([Phrase(f"title.{kind}.{name}") for name in shown.changed], inline=True)
        said.append(Phrase("entry.changed", {"fields": fields}))
    if shown.comment:
        said.append(Phrase("entry.sent_back_because", {"comment": shown.comment}))
    return said


def kind_of(shown: EntryShown) -> EntryKind:
    """Say in which catalogue an entry stands."""
    match shown.content:
        case PowerEntry():
            return EntryKind.POWER
        case ProcessEntry():
            return EntryKind.PROCESS
        case RuleEntry():
            return EntryKind.RULE


def or_blank(text: Sayable) -> Sayable:
    """Say that a field is still blank."""
    return text if text != "" else Phrase("entry.blank")


def power_page(power: PowerEntry, shown: EntryShown) -> Phrase:
    """Say a power."""
    posts = Listing([shown.titles.get(code, code) for code in power.posts], inline=True)
    hidden = Phrase("entry.not_public", {"ground": or_blank(power.ground)})
    return Phrase(
        "entry.power",
        {
            "name": power.name,
            "unit": shown.unit,
            "category": power.category,
            "posts": posts,
            "basis": power.basis,
            "subject": power.subject,
            "commitment": or_blank(power.commitment),
            "discipline": or_blank(power.discipline),
            "public": Phrase("entry.public") if power.public else hidden,
        },
    )


def process_page(process: ProcessEntry, shown: EntryShown) -> Phrase:
    """Say a process, without its steps."""
    powers = [shown.names[code] for code in process.powers if code in shown.names]
    return Phrase(
        "entry.process",
        {
            "name": process.name,
            "unit": shown.unit,
            "powers": Listing(powers, inline=True) if powers else Phrase("entry.blank"),
            "conditions": or_blank(process.conditions),
            "supervision": or_blank(process.supervision),
            "rights": or_blank(process.rights),
            "complaint": or_blank(process.complaint),
            "count": len(process.steps),
            "limit": limit(sum(step.days for step in process.steps)),
        },
    )


def limit(days: int) -> Phrase:
    """Say a time limit."""
    return Phrase("entry.days", {"days": days}) if days else Phrase("entry.same_day")


def step_line(number: int, step: StepEntry, titles: Mapping[str, str]) -> Phrase:
    """Say a step."""
    risk: Sayable = Phrase("entry.no_risk")
    if step.risk and step.grade:
        risk = Phrase("entry.risk", {"risk": step.risk, "grade": step.grade})
    return Phrase(
        "entry.step",
        {
            "number": number,
            "name": step.name,
            "post": titles.get(step.post, step.post),
            "limit": limit(step.days),
            "deed": or_blank(step.deed),
            "supervision": or_blank(step.supervision),
            "risk": risk,
        },
    )


def rule_page(rule: RuleEntry, shown: EntryShown) -> Phrase:
    """Say a rule, without its text."""
    return Phrase(
        "entry.rule",
        {
            "name": rule.title,
            "unit": shown.unit,
            "system": rule.system,
            "number": or_blank(rule.number),
            "day": rule.in_force or Phrase("entry.blank"),
            "document": Phrase("entry.document_there")
            if rule.text or shown.file
            else Phrase("entry.document_missing"),
        },
    )


def chart_of(shown: EntryShown, process: ProcessEntry) -> Chart:
    """Lay a process out to be drawn."""
    nodes = tuple(
        Node(step.name, shown.titles.get(step.post, step.post), step.days, step.risk, step.grade)
        for step in process.steps
    )
    return Chart(process.name, shown.unit, nodes, process.conditions, process.complaint)


def missing_lines(missing: Sequence[Missing]) -> Listing:
    """Say what is missing, one a line."""
    return Listing([one.phrase for one in missing])


def missing_counts(missing: Sequence[Missing]) -> Listing:
    """Count what is missing, by what it is."""
    counts = {what: sum(one.what is what for one in missing) for what in Lack}
    return Listing(
        [
            Phrase("missing.counted", {"what": what, "count": count})
            for what, count in counts.items()
            if count
        ],
        inline=True,
    )
