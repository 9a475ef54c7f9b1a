"""How a question looks: what was understood, the question, its buttons, the way back."""

from collections.abc import Sequence

from dialogs.engine import Asked, Step
from dialogs.errors import Refused
from dialogs.prompts import Choices, Json, Prompt, Reviewing, on_page, reference, turning
from dialogs.speech import Brief, Button, Listing, Phrase, Press, Reply, Sayable

REVIEWED = 20  # answers on one review page
QUESTION = 40  # characters of a question on the review page
ANSWER = 120  # characters of an answer there, and of one said back


def present(asked: Asked) -> Reply:
    """Lay out the question a conversation waits at."""
    page = review_page(asked) if isinstance(asked.prompt, Reviewing) else [asked.prompt.question()]
    phrases: list[Sayable] = [*heading(asked), *asked.told, *page, *former(asked)]
    return Reply(phrases, [*keyboard(asked), *navigation(asked)])


def heading(asked: Asked) -> list[Sayable]:
    """Say why an answer did not do, or what was understood."""
    if asked.changed:
        return [Phrase("engine.changed")]
    if asked.refusal:
        return [asked.refusal]
    if asked.taken:
        return [Phrase("engine.understood", {"answer": Brief(asked.taken.echo(), ANSWER)})]
    return []


def former(asked: Asked) -> list[Sayable]:
    """Say the answer given before, which one press keeps; ticks show theirs themselves."""
    if not is_keepable(asked) or isinstance(asked.prompt, Choices):
        return []
    said = Brief(asked.prompt.echo(asked.draft.kept[asked.prompt.key]), ANSWER)
    return [Phrase("engine.former", {"answer": said})]


def keyboard(asked: Asked) -> Sequence[Sequence[Button]]:
    """Lay out the prompt's own buttons."""
    if not isinstance(asked.prompt, Reviewing):
        return asked.prompt.buttons(asked.draft.picked, asked.draft.page)
    numbers = [
        Button(str(number), Press("edit", reference(step.prompt.key)))
        for number, step in turned_to(asked)
    ]
    rows = [numbers[start : start + 5] for start in range(0, len(numbers), 5)]
    send = [Button(Phrase("engine.send"), Press("send"))]
    return [send, *rows, *turning(asked.draft.page, len(asked.path), size=REVIEWED)]


def navigation(asked: Asked) -> list[list[Button]]:
    """Lay out what is proposed, keep and skip where they make sense, then the way back, or out.

    From an answer that is being edited the only way out is to keep or to change it.
    """
    rows, row = [], []
    if is_proposed(asked):
        proposed = Brief(asked.prompt.echo(asked.prompt.proposed), QUESTION)
        row.append(Button(Phrase("engine.proposed", {"answer": proposed}), Press("proposed")))
    if is_keepable(asked):
        rows, row = [row] if row else [], [Button(Phrase("engine.keep"), Press("keep"))]
    if asked.prompt.optional:
        passed = Phrase("engine.no_more" if asked.prompt.further else "engine.skip")
        row.append(Button(passed, Press("skip")))
    if row and is_edited(asked):
        return [*rows, row]
    away = Press("back") if asked.path else Press("cancel")
    named = asked.prompt.back if asked.path else ""
    row.append(Button(named or Phrase(f"engine.{away.act}"), away))
    return [*rows, row]


def is_keepable(asked: Asked) -> bool:
    """Look whether there is a former answer that still fits."""
    key = asked.prompt.key
    return key in asked.draft.kept and fits(asked.prompt, asked.draft.kept[key])


def is_proposed(asked: Asked) -> bool:
    """Look whether an answer is proposed that one press takes; ticks show theirs themselves."""
    prompt = asked.prompt
    if isinstance(prompt, Choices) or asked.draft.kept.get(prompt.key) == prompt.proposed:
        return False
    return fits(prompt, prompt.proposed)


def is_edited(asked: Asked) -> bool:
    """Look whether an answer is asked for again while later ones stand."""
    later = asked.draft.answers.keys() - {step.prompt.key for step in asked.path}
    return asked.prompt.key in asked.draft.kept and bool(later)


def fits(prompt: Prompt, answer: Json) -> bool:
    """Look whether an answer could be taken as it is; a review is never answered beforehand."""
    if answer is None or isinstance(prompt, Reviewing):
        return False
    try:
        prompt.accepted(answer)
    except Refused:
        return False
    return True


def review_page(asked: Asked) -> list[Sayable]:
    """List the answers of one page of the review, numbered."""
    lines = [reviewed(number, step) for number, step in turned_to(asked)]
    return [Phrase("engine.review"), Listing(lines), asked.prompt.question()]


def turned_to(asked: Asked) -> Sequence[tuple[int, Step]]:
    """Give the answers of the page turned to, numbered."""
    first = on_page(asked.draft.page, len(asked.path), size=REVIEWED) * REVIEWED
    return list(enumerate(asked.path, 1))[first : first + REVIEWED]


def reviewed(number: int, step: Step) -> Phrase:
    """Say one answer of the review."""
    return Phrase(
        "engine.reviewed",
        {
            "number": number,
            "question": Brief(step.prompt.title(), QUESTION),
            "answer": Brief(step.echo(), ANSWER),
        },
    )
