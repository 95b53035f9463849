"""/bookmark and /bookmarks: questions to find again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from content.markup import to_plain
from handlers.asking import answer, drilling, menu
from handlers.asking.drill_presses import AskThis, DrillBookmarks, ShowBookmarks
from handlers.asking.presses import BringToday, PutBookmark
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press, Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape
from interview import drill as rules
from interview.asking import Asking
from interview.question import Question
from storage import askings, bookmarks, set_aside
from storage.database import Transaction

PAGE = 8
DRILLED = 10
_LAST_PAGE = 10_000
_STEM = 100
NOTHING_YET = Reply(
    "<b>No bookmarks yet.</b>\n/bookmark keeps the question you have just seen; as a reply to an older one, that."
    " It is under ⋯ as well.",
    ((Button("Today’s question", BringToday()),),),
)


@dataclass(frozen=True, slots=True)
class DropBookmark(Press):
    """This question is no bookmark any more."""

    name: ClassVar[str] = "unmark"
    question: Slug


async def bookmark(context: Context, _: str = "") -> None:
    """Keep the question replied to, else the newest one shown."""
    on = context.on
    async with on.db.transaction() as tx:
        asking = await _replied_to(tx, context) or await _newest(tx, context)
        question = on.bank.find(asking.question_id) if asking else None
        if asking is None or question is None:
            raise Refusal("There is no question to bookmark yet. /today brings one.")
        await bookmarks.put(tx, context.learner_id, question.id, context.now)
    text = f"Bookmarked: {escape(_short(question))}"
    await chat.send(on, context.learner_id, Reply(text, ((Button("All bookmarks", ShowBookmarks(0, 0)),),)))


async def list_bookmarks(context: Context, _: str = "") -> None:
    """The newest bookmarks."""
    await _show(context, 0, removing=False)


async def turn_to(context: Context, press: ShowBookmarks) -> None:
    """Another page, or the same one for asking or for removing."""
    await _show(context, min(max(0, press.page), _LAST_PAGE), removing=press.removing == 1)


async def drop(context: Context, press: DropBookmark) -> None:
    """Take a bookmark away; the list stays open where it is."""
    async with context.on.db.transaction() as tx:
        before = await bookmarks.of_learner(tx, context.learner_id)
        await bookmarks.remove(tx, context.learner_id, press.question)
    page = before.index(press.question) // PAGE if press.question in before else 0
    await _show(context, page, removing=True)


async def drill_bookmarks(context: Context, _: DrillBookmarks) -> None:
    """A drill on the newest bookmarks; one that was left goes on."""
    async with context.on.db.transaction() as tx:
        aside = await set_aside.of_learner(tx, context.learner_id)
        live = {question.id for question in context.on.bank.live} - set(aside)
        wanted = [each for each in await bookmarks.of_learner(tx, context.learner_id) if each in live]
        opened = await drilling.open_in(tx, context, rules.BOOKMARKS, wanted[:DRILLED])
    if opened is None:
        raise Refusal("None of your bookmarks can be asked just now. /bookmarks lists them.")
    await drilling.put(context, opened)


async def put_from_menu(context: Context, press: PutBookmark) -> None:
    """Bookmark the question whose menu is open, or take its bookmark away; the menu stays."""
    async with context.on.db.transaction() as tx:
        known = await menu.read(tx, context, press)
        if press.kept:
            await bookmarks.put(tx, context.learner_id, known.asking.question_id, context.now)
        else:
            await bookmarks.remove(tx, context.learner_id, known.asking.question_id)
        known = await menu.read(tx, context, press)
    note = "Bookmarked: /bookmarks lists it." if press.kept else "The bookmark is gone."
    await menu.show(context, known, note)


async def _replied_to(tx: Transaction, context: Context) -> Asking | None:
    target = await answer.replied_to(tx, context)
    if target is None or isinstance(target, Asking):
        return target
    return await askings.get(tx, target.asking_id, context.learner_id)


async def _newest(tx: Transaction, context: Context) -> Asking | None:
    """The question nearest above the command: run again after another one came, it is the same."""
    return await askings.last_sent_before(tx, context.learner_id, context.message.message_id)


async def _show(context: Context, page: int, *, removing: bool) -> None:
    async with context.on.db.transaction() as tx:
        kept = await bookmarks.of_learner(tx, context.learner_id)
    if not kept:
        await chat.respond(context, NOTHING_YET)
        return
    page = min(page, (len(kept) - 1) // PAGE)
    shown = [(each, context.on.bank.find(each)) for each in kept[page * PAGE : (page + 1) * PAGE]]
    more = len(kept) > (page + 1) * PAGE
    await chat.respond(context, _list(shown, page, older=more, removing=removing))


def _list(shown: Sequence[tuple[str, Question | None]], page: int, *, older: bool, removing: bool) -> Reply:
    lines = [f"{number}  {escape(_short(question))}" for number, (_, question) in enumerate(shown, 1)]
    ask = "Tap a number to remove it." if removing else "Tap a number and I ask it."
    head = "<b>Your bookmarks</b>" + (f", page {page + 1}" if page else "")
    numbers = tuple(
        Button(f"✗ {number}", DropBookmark(Slug(question_id)))
        if removing
        else Button(str(number), AskThis(Slug(question_id)))
        for number, (question_id, question) in enumerate(shown, 1)
        if removing or (question is not None and not question.retired)
    )
    turning = [Button("Newer", ShowBookmarks(page - 1, int(removing)))] if page else []
    turning += [Button("Older", ShowBookmarks(page + 1, int(removing)))] if older else []
    last = (
        (Button("Done", ShowBookmarks(page, 0)),)
        if removing
        else (Button("Drill these", DrillBookmarks()), Button("Remove…", ShowBookmarks(page, 1)))
    )
    rows = tuple(row for row in (numbers, tuple(turning), last) if row)
    return Reply("\n\n".join([head, *lines, f"<i>{ask}</i>"]), rows)


def _short(question: Question | None) -> str:
    if question is None or question.retired:
        return "A question that is no longer asked"
    line = " ".join(to_plain(question.stem).split())
    return line if len(line) <= _STEM else line[: _STEM - 1].rstrip() + "…"


FEATURE = Feature(
    name="bookmarks",
    commands=(
        Called("bookmark", "keep this question to find it again", bookmark),
        Called("bookmarks", "the questions you kept", list_bookmarks),
    ),
    presses={
        ShowBookmarks: turn_to,
        DropBookmark: drop,
        DrillBookmarks: drill_bookmarks,
        PutBookmark: put_from_menu,
    },
)
