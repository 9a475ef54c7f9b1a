"""What a person should hear when something cannot be done."""

from collections.abc import Mapping

from dialogs.speech import Phrase, Sayable


class Refused(Exception):  # noqa: N818 - it is a sentence for a person, not a fault of ours
    """Say what is wrong and what to do; nothing has changed.

    `key` is a message under `refused.`; `values` fill its placeholders.
    """

    def __init__(self, key: str, **values: Sayable) -> None:
        super().__init__(key)
        self.phrase = Phrase(f"refused.{key}", values)

    @property
    def values(self) -> Mapping[str, Sayable]:
        """The values that fill the sentence."""
        return self.phrase.values
