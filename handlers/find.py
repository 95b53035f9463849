"""/question: one particular question, by its id or by words from it."""

from __future__ import annotations

from content.markup import to_plain
from content.search import search
from handlers.asking.ask import deliver, put_this
from handlers.asking.drill_presses import AskThis
from handlers.asking.menu_views import CHOSEN
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape, rows
from interview.question import Question

SHOWN = 5
_STEM = 150


async def find_question(context: Context, words: str) -> None:
    """By its id: ask it. By words: the questions that come nearest, a button each."""
    on = context.on
    if not words:
        raise Refusal("Say which one: /question roc auc, or an id such as /question metrics/roc-auc.")
    exact = on.bank.find(words.strip().lower())
    if exact is not None:
        await _ask(context, exact)
        return
    found = search(on.bank, on.taxonomy, words, SHOWN)
    if not found:
        raise Refusal(
            f"I found no question with “{words[:60]}”. Try fewer words, or /topic for a list of topics."
        )
    await chat.send(on, context.learner_id, _found(found))


async def ask_this(context: Context, press: AskThis) -> None:
    """Ask the one whose button it was."""
    question = context.on.bank.find(press.question)
    if question is None or question.retired:
        raise Refusal("That question is no longer here. /question finds others.")
    await _ask(context, question)


async def _ask(context: Context, question: Question) -> None:
    async with context.on.db.transaction() as tx:
        asking = await put_this(tx, context, question.id, CHOSEN)
    if asking.message_id is None:
        await deliver(context.on, asking, context.now)


def _found(questions: tuple[Question, ...]) -> Reply:
    lines = [f"{number}  {escape(_short(to_plain(each.stem)))}" for number, each in enumerate(questions, 1)]
    buttons = [Button(str(number), AskThis(Slug(each.id))) for number, each in enumerate(questions, 1)]
    return Reply("<b>Which one?</b>\n\n" + "\n\n".join(lines), rows(buttons, len(buttons)))


def _short(stem: str) -> str:
    line = " ".join(stem.split())
    return line if len(line) <= _STEM else line[: _STEM - 1].rstrip() + "…"


FEATURE = Feature(
    name="find",
    commands=(Called("question", "find a question: /question roc auc", find_question),),
    presses={AskThis: ask_this},
)
