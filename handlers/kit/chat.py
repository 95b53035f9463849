"""Saying things in a chat. What Telegram refuses because it is done already counts as done."""

from __future__ import annotations

from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, InvalidToken

from handlers.kit.context import Context, Dependencies
from handlers.kit.reply import Reply
from handlers.kit.voice import LastLook
from storage import groups

LARGEST_FILE = 20_000_000  # bytes: Telegram gives no more, a Bot API server of one's own would

_HTML = ParseMode.HTML.value
_NO_PREVIEW = {"is_disabled": True}
_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_TOO_OLD = "query is too old"
_MAY_NOT = ("not enough rights", "have no rights", "chat_write_forbidden", "chat_restricted", "topic_closed")


async def send(
    on: Dependencies,
    chat_id: int,
    reply: Reply,
    *,
    to_message: int | None = None,
    silent: bool = True,
    thread_id: int = 0,
    last_look: LastLook | None = None,
) -> int:
    """Send a message (to a forum topic, where one is named) and return its id. Without sound unless told."""
    message = await on.bot.say(
        "sendMessage",
        last_look=last_look,
        chat_id=chat_id,
        text=reply.text,
        parse_mode=_HTML,
        reply_markup=reply.markup(),
        link_preview_options=_NO_PREVIEW,
        disable_notification=silent,
        message_thread_id=thread_id or None,
        reply_parameters={"message_id": to_message, "allow_sending_without_reply": True}
        if to_message
        else None,
    )
    return int(message["message_id"])


async def say(context: Context, reply: Reply, *, to_message: int | None = None) -> int:
    """Send a message to where the update came from; the message's id. A group that has moved is followed, once."""
    try:
        return await send(
            context.on, context.chat_id, reply, to_message=to_message, thread_id=context.thread_id
        )
    except ChatMigrated as moved:
        await follow(context, moved)
    return await send(context.on, context.chat_id, reply)


async def follow(context: Context, moved: ChatMigrated) -> None:
    """The group of the update is another chat now, for all that is still to be said about it."""
    async with context.on.db.transaction() as tx:
        await groups.migrate(tx, context.chat_id, moved.new_chat_id)
    context.moved_to = moved.new_chat_id


def is_forbidden(refused: BadRequest) -> bool:
    """Whether Telegram refused a message because the group does not let us write, or not that kind."""
    return any(words in refused.message.lower() for words in _MAY_NOT)


async def send_picture(on: Dependencies, chat_id: int, picture: bytes, caption: str) -> int:
    """Send a PNG with a plain caption and return the message's id."""
    message = await on.bot.send_photo(chat_id, picture, caption=caption, disable_notification=True)
    return message.message_id


async def send_file(on: Dependencies, chat_id: int, content: bytes, name: str, caption: str) -> int:
    """Send a file under that name with a plain caption and return the message's id."""
    message = await on.bot.send_document(
        chat_id, content, filename=name, caption=caption, disable_notification=True
    )
    return message.message_id


async def fetch_file(on: Dependencies, file_id: str) -> bytes | None:
    """What a person sent, from Telegram; None where Telegram does not have it (any more), or it is too large."""
    try:
        file = await on.bot.get_file(file_id)
        if not file.file_path or (file.file_size or 0) > LARGEST_FILE:
            return None
        return bytes(await file.download_as_bytearray())
    except (BadRequest, InvalidToken):  # InvalidToken is how the library reads a file's 404
        return None


async def edit(on: Dependencies, chat_id: int, message_id: int, reply: Reply) -> bool:
    """Make a message of ours say something else; False where it is gone or too old for that."""
    try:
        await on.bot.say(
            "editMessageText",
            text=reply.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=_HTML,
            reply_markup=reply.inline_markup(),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as refused:
        return _forgivable(refused)
    return True


async def edit_or_send(on: Dependencies, chat_id: int, message_id: int | None, reply: Reply) -> int:
    """Show the reply in that message, or in a new one where it is gone; the id of the message that shows it."""
    if message_id is not None and await edit(on, chat_id, message_id, reply):
        return message_id
    return await send(on, chat_id, reply)


async def drop_buttons(on: Dependencies, chat_id: int, message_id: int) -> None:
    """Take the buttons off a message that has had its time."""
    try:
        await on.bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id, reply_markup=None)
    except BadRequest as refused:
        _forgivable(refused)


async def delete(on: Dependencies, chat_id: int, message_id: int) -> None:
    """Remove a message of ours; one that is gone, or too old to be removed, is left as it is."""
    try:
        await on.bot.delete_message(chat_id, message_id)
    except BadRequest as refused:
        if (
            "message to delete not found" not in refused.message.lower()
            and "can't be deleted" not in refused.message
        ):
            raise


async def respond(context: Context, reply: Reply) -> int:
    """Answer what was written or pressed: a press edits its message, anything else gets a new one. The message's id."""
    if context.update.callback_query is None:
        return await say(context, reply)
    message_id = context.message.message_id
    try:
        edited = await edit(context.on, context.chat_id, message_id, reply)
    except ChatMigrated as moved:
        await follow(context, moved)  # its messages stayed where it was
        edited = False
    if not edited:
        message_id = await say(context, reply)
    await answer(context)
    return message_id


async def answer(context: Context, text: str | None = None, *, alert: bool = False) -> None:
    """Tell Telegram that a press was taken, once, with up to 200 characters that pop up."""
    query = context.update.callback_query
    if query is None or context.press_answered:
        return
    context.press_answered = True
    try:
        await context.on.bot.answer_callback_query(query.id, text=text, show_alert=alert or None)
    except BadRequest as refused:
        if _TOO_OLD not in refused.message.lower():
            raise


def _forgivable(refused: BadRequest) -> bool:
    words = refused.message.lower()
    if _UNCHANGED in words:
        return True
    if any(gone in words for gone in _GONE):
        return False
    raise refused
