"""What a person should hear when something cannot be done."""

from collections.abc import Mapping

from dialogs.speech import Listing, Phrase, Sayable

DENIALS = frozenset(  # what somebody may not do, as against what cannot be done
    {
        "not_allowed",
        "not_your_unit",
        "not_your_post",
        "not_your_measure",
        "own_declaration",
        "own_entry",
        "own_measure",
        "never_ones_own",
        "four_eyes",
        "stands_aside",
        "case_aside",
        "case_not_yours",
        "passphrase_wrong",
        "not_your_step",
        "not_your_warning",
        "own_warning",
        "own_draft",
        "own_broadcast",
        "warning_aside",
        "warning_not_to_read",
    }
)


class Refused(Exception):  # noqa: N818 - it is a sentence for a person, not a fault of ours
    """Say what is wrong and what to do; nothing has changed.

    `key` is a message under `refused.`; `values` fill its placeholders. `about` is what the audit
    log says it was about, where no button said it.
    """

    def __init__(self, key: str, *, about: str = "", **values: Sayable) -> None:
        super().__init__(key)
        self.about = about
        self.phrase = Phrase(f"refused.{key}", values)

    @property
    def is_denial(self) -> bool:
        """Whether the person may not do it, which is noted."""
        return str(self) in DENIALS

    @property
    def is_long(self) -> bool:
        """Whether it says more than fits over a button."""
        return any(isinstance(value, Listing) for value in self.values.values())

    @property
    def values(self) -> Mapping[str, Sayable]:
        """The values that fill the sentence."""
        return self.phrase.values
