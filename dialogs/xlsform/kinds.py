"""The kinds of answers a questionnaire can ask for."""

from enum import auto

from dialogs.vocabulary import Word


class Kind(Word):
    """題型: what kind of answer a question wants."""

    TEXT = auto()
    INTEGER = auto()
    DECIMAL = auto()
    DATE = auto()
    SELECT_ONE = auto()
    SELECT_MULTIPLE = auto()
    ACKNOWLEDGE = auto()
    IMAGE = auto()
    AUDIO = auto()
    FILE = auto()
    VIDEO = auto()
    TIME = auto()
    MOMENT = auto()
    RANGE = auto()
    RANK = auto()
