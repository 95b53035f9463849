"""What can be wrong with a question, as a learner says it in one tap."""

from __future__ import annotations

from enum import StrEnum


class Complaint(StrEnum):
    """What a learner finds wrong; `label` is the word on the button."""

    FACT = "fact"
    UNCLEAR = "unclear"
    TYPO = "typo"
    LONG = "long"
    OTHER = "other"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    Complaint.FACT: "Wrong fact",
    Complaint.UNCLEAR: "Unclear",
    Complaint.TYPO: "Typo or formula",
    Complaint.LONG: "Answer too long",
    Complaint.OTHER: "Something else",
}
