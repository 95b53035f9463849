"""What stands behind /quiz: a topic and a number of questions, in either order."""

from __future__ import annotations

from content.taxonomy import Match, Taxonomy, Unknown
from handlers.kit.press import Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, rows
from handlers.quiz.card_views import MIX
from handlers.quiz.presses import NewQuiz
from interview import quiz as rules

MIXED = (MIX, "all", "everything", "random")
_DIGITS = 4  # more of them are no number of questions anyway


def read(taxonomy: Taxonomy, words: str) -> tuple[Match | None, int | None]:
    """A topic (None for a mix) and a number of questions (None for the usual one); a Refusal where it cannot be.

    Of two numbers it is asked which one was meant.
    """
    name, numbers = _parted(words.split())
    size = checked(numbers[0]) if len(numbers) == 1 else None
    found = _topic(taxonomy, name, size or rules.USUAL) if name and name.casefold() not in MIXED else None
    if len(numbers) > 1:
        slug = Slug(found.slug if found is not None else MIX)
        buttons = [Button(str(each), NewQuiz(slug, checked(each))) for each in numbers[:2]]
        raise Refusal(f"How many questions: {numbers[0]} or {numbers[1]}?", (tuple(buttons),))
    return found, size


def checked(size: int) -> int:
    """The number of questions; a Refusal where a quiz has none such."""
    if not 1 <= size <= rules.MOST:
        raise Refusal(f"A quiz has 1 to {rules.MOST} questions: /quiz metrics 7")
    return size


def _parted(words: list[str]) -> tuple[str, list[int]]:
    """What names the topic, and the different numbers around it."""
    first, last = 0, len(words)
    while first < last and _is_number(words[first]):
        first += 1
    while last > first and _is_number(words[last - 1]):
        last -= 1
    numbers = [int(word[:_DIGITS]) for word in (*words[:first], *words[last:])]
    return " ".join(words[first:last]), list(dict.fromkeys(numbers))


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _topic(taxonomy: Taxonomy, name: str, size: int) -> Match:
    match taxonomy.find(name):
        case Match() as found:
            return found
        case Unknown() as unknown:
            meant = "Did you mean" if unknown.near else "Some that there are:"
            buttons = [Button(match.title, NewQuiz(Slug(match.slug), size)) for match in unknown.nearest]
            mix = Button("A mix", NewQuiz(Slug(MIX), size))
            raise Refusal(f"I don’t know the topic “{name[:60]}”. {meant}", rows([*buttons, mix], 2))
