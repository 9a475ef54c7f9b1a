"""What whoever holds a receipt may expect of their letter, besides what was said in it."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from dialogs.speech import Phrase
from dialogs.vocabulary import CLOSED, CaseState, PaperKind
from storage.occasion import Occasion
from storage.tables import Case
from storage.vault import admission, recovery


def outlook(
    session: Session, case: Case, said: Sequence[Phrase], *, occasion: Occasion
) -> Iterator[Phrase]:
    """Say that nobody can read it now, that it is the county's, or by when there is an answer."""
    stranded = case.state not in CLOSED and admission.unopened(session, [case], occasion)
    if stranded:
        recovered = recovery.wrapped(session, case.id)
        yield Phrase("receipt.stranded" if recovered else "receipt.stranded_for_good")
    if admission.goes_up(session, case, occasion):
        yield Phrase("receipt.goes_up")
    elif stranded:
        return
    elif case.state is CaseState.QUARANTINED:
        yield Phrase("receipt.looked_at_first", {"due": case.due_on})
    elif not any(one.key.endswith(PaperKind.ANSWER.value) for one in said):
        yield Phrase("receipt.no_answer_yet", {"due": case.due_on})
