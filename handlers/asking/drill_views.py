"""What drills look like: buttons under their questions, the offer to go on, the summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from content.bank import Bank
from content.markup import to_plain
from content.taxonomy import Match, Taxonomy
from handlers.asking.drill_presses import (
    DrillAnew,
    DrillMissed,
    DrillWeakSpots,
    EndDrill,
    GoOnWithDrill,
    ResizeDrill,
)
from handlers.asking.presses import AskAnother, DrillTopic, ShowWeakSpots
from handlers.kit.press import Slug
from handlers.kit.reply import Button, Buttons, Reply, escape
from interview import drill as rules
from interview.asking import Asking
from interview.streak import Streak
from interview.words import lasting, plural
from storage.drills import Drill

_LINES = 25  # questions that a summary lists
_FOLDED = 8  # a longer list folds
_STEM = 80
NOT_WON_BACK = "The streak is not won back: that takes three ratings within two days."


def under_question(drill: Drill, asking: Asking, there_are: int) -> Buttons:
    """Under a drill's first question its size, where its topic has enough questions for a choice; under each further
    one of an endless drill the way to end it."""
    if drill.summed_up_at is not None:
        return ()
    sized = drill.endless or len(drill.question_ids) >= rules.USUAL
    if not asking.place and drill.topic not in rules.TITLES and sized and there_are > rules.USUAL:
        return (_sizes(drill),)
    return ((Button("End drill", EndDrill(drill.id)),),) if drill.endless else ()


def fewer(taxonomy: Taxonomy, drill: Drill, size: int) -> str:
    """That a drill has fewer questions than were wanted, as there are no more; empty where that is not so."""
    count = len(drill.question_ids)
    if drill.endless or size <= count:
        return ""
    there = "is one question" if count == 1 else f"are {count} questions"
    return f"There {there} on {title(taxonomy, drill)}, so that is how long this drill is."


def _sizes(drill: Drill) -> tuple[Button, ...]:
    chosen = next((size for size in rules.SIZES if len(drill.question_ids) <= size), None)
    chosen = rules.ENDLESS if drill.endless else chosen
    labels = {size: f"{size} questions" for size in rules.SIZES} | {rules.ENDLESS: "Endless"}
    return tuple(
        Button(f"✓ {label}" if size == chosen else label, ResizeDrill(drill.id, size))
        for size, label in labels.items()
    )


def offer(drill: Drill, asked: Sequence[Asking], title: str, size: int) -> Reply:
    """A drill on the same was left in the middle."""
    done = sum(_dealt_with(asking) for asking in asked)
    at = f"{done + 1}" if drill.endless else f"{done + 1} of {len(drill.question_ids)}"
    slug = f"{drill.topic}/{drill.facet}" if drill.facet else drill.topic
    buttons = (
        Button(f"Go on: {at}", GoOnWithDrill(drill.id)),
        Button("Start anew", DrillAnew(Slug(slug), size)),
    )
    return Reply(f"<b>{escape(title)}</b>\nYou left a drill here in the middle.", (buttons,))


def won_back(drill: Drill, streak: Streak) -> bool:
    """Whether the drill has won the lost streak back that it is for; what Undo takes back has never been."""
    return drill.restores is not None and not streak.lost and streak.length > 0


def summary(
    bank: Bank,
    taxonomy: Taxonomy,
    drill: Drill,
    asked: Sequence[Asking],
    *,
    lost: bool = False,
    more: bool = True,
) -> Reply:
    """How the drill went, in one screen. `lost` says that it did not win its streak back, `more` that its topic has
    questions beyond these."""
    if not asked:
        name = escape(title(taxonomy, drill))
        return Reply(f"<b>{name}</b>: the drill is over before it began. /topic starts another.")
    took = lasting(rules.time_spent(_times(asked)))
    parts = [f"<b>{escape(title(taxonomy, drill))}: drill done.</b>"]
    parts.append(f"{_went(asked)} It took {took}.{_weakest(bank, taxonomy, drill, asked)}")
    parts += [NOT_WON_BACK] if lost else []
    lines = "\n".join(_lines(bank, asked))
    parts.append(f"<blockquote expandable>{lines}</blockquote>" if len(asked) > _FOLDED else lines)
    return Reply("\n\n".join(parts), _next(drill, asked, more=more))


def title(taxonomy: Taxonomy, drill: Drill) -> str:
    """What a drill is on: `Metrics`, `LLMs › RAG`, `Weak spots`."""
    topic = taxonomy.topic(drill.topic)
    if topic is None:
        return rules.TITLES.get(drill.topic, drill.topic)
    return Match(topic, taxonomy.facet(topic.slug, drill.facet) if drill.facet else None).title


def _next(drill: Drill, asked: Sequence[Asking], *, more: bool) -> Buttons:
    again = ((Button(f"Again what I {_left(asked)}", DrillMissed(drill.id)),),) if missed(asked) else ()
    weak = Button("Weak spots", ShowWeakSpots())
    if drill.topic == rules.WEAK_SPOTS:
        return (*again, (Button(f"Another {len(drill.question_ids)}", DrillWeakSpots()), weak))
    if drill.topic in rules.TITLES:
        return (*again, (Button("Another", AskAnother(asked[-1].id)), weak))
    slug = f"{drill.topic}/{drill.facet}" if drill.facet else drill.topic
    another = (Button(f"Another {rules.USUAL}", DrillTopic(Slug(slug))),) if more else ()
    return (*again, (*another, weak))


def missed(asked: Sequence[Asking]) -> list[str]:
    """The questions of a drill that were missed, recalled in part, or skipped."""
    return [asking.question_id for asking in asked if not rules.recalled(asking.rating)]


def _went(asked: Sequence[Asking]) -> str:
    """How many were recalled; who skipped them all has tried none."""
    if all(asking.rating is None for asking in asked):
        return "You skipped its one question." if len(asked) == 1 else f"You skipped all {len(asked)}."
    return f"You recalled {sum(rules.recalled(asking.rating) for asking in asked)} of {len(asked)}."


def _left(asked: Sequence[Asking]) -> str:
    """What was done with the questions that were not recalled."""
    tried = any(asking.rating is not None and not rules.recalled(asking.rating) for asking in asked)
    return "missed" if tried else "skipped"


def _lines(bank: Bank, asked: Sequence[Asking]) -> Iterator[str]:
    for asking in asked[:_LINES]:
        question = bank.find(asking.question_id)
        outcome = asking.rating.label if asking.rating else "Skipped"
        mark = "–" if asking.rating is None else ("☐", "◐", "☑", "☑")[asking.rating - 1]
        yield f"{mark} {outcome}: {escape(_short(to_plain(question.stem)) if question else '…')}"
    if len(asked) > _LINES:
        yield f"… and {plural(len(asked) - _LINES, 'more question')}"


def _weakest(bank: Bank, taxonomy: Taxonomy, drill: Drill, asked: Sequence[Asking]) -> str:
    """The facet that went worst, or the topic in a drill over several."""
    outcomes = []
    for asking in asked:
        question = bank.find(asking.question_id)
        topic = taxonomy.topic(question.topic) if question else None
        if question is not None and topic is not None:
            facet = taxonomy.facet(topic.slug, question.facet)
            mixed = drill.topic in rules.TITLES or facet is None
            outcomes.append((topic.short if mixed or facet is None else facet.title, asking.rating))
    worst = rules.weakest(outcomes)
    return f" Weakest: {escape(worst)}." if worst else ""


def _times(asked: Sequence[Asking]) -> Iterator[tuple[datetime, datetime]]:
    for asking in asked:
        end = asking.rated_at or asking.skipped_at
        if end is not None:
            yield asking.sent_at or asking.asked_at, end


def _dealt_with(asking: Asking) -> bool:
    return asking.rating is not None or asking.skipped_at is not None


def _short(stem: str) -> str:
    line = " ".join(stem.split())
    return line if len(line) <= _STEM else line[: _STEM - 1].rstrip() + "…"
