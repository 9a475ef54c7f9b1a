"""What the menu offers of an action: a button, or one for each questionnaire or post."""

from collections.abc import Sequence

from sqlmodel import Session

from dialogs.rules.access import Action
from dialogs.speech import Brief, Button, Go, Phrase
from storage import questionnaires
from storage.occasion import Occasion
from storage.people import posts_held

TITLE = 40  # characters of a questionnaire's title on its button


def offers(session: Session, occasion: Occasion, action: Action) -> Sequence[Button]:
    """Lay out the buttons of an action."""
    match action:
        case Action.QUESTIONNAIRE:
            return [
                Button(
                    Phrase("menu.questionnaire", {"title": Brief(one.title, TITLE)}),
                    Go(action, one.name),
                )
                for one in questionnaires.for_whom(session, occasion.standing, today=occasion.today)
            ]
        case Action.SELF_CHECK if occasion.known:
            held = posts_held(session, occasion.known.person, today=occasion.today)
            return [
                Button(
                    Phrase("menu.self_check_post", {"post": one.title}), Go(action, one.post.hex)
                )
                for one in held
            ]
        case _:
            return [Button(action, Go(action))]
