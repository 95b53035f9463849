"""python-telegram-bot straight into the box."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from playground.ptb import BoxRequest
from playground.samples import sample
from playground.state import Box


@pytest.fixture
async def bot(box: Box) -> AsyncIterator[Bot]:
    async with Bot(box.token, request=BoxRequest(box), get_updates_request=BoxRequest(box)) as bot:
        yield bot


async def test_everything_people_do_can_be_read(box: Box, bot: Bot, alice: int) -> None:
    go = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Go", callback_data="go"))
    sent = await bot.send_message(alice, "<b>x</b>", ParseMode.HTML, reply_markup=go)
    said = box.say("alice", "alice", "/help me @bob", reply_to=sent.message_id)
    box.edit("alice", "alice", said, "help")
    kinds = ("photo", "voice", "document", "sticker", "location", "contact")
    for kind in kinds:
        box.send("alice", "alice", kind)
    box.tap("alice", "alice", sent.message_id, "Go")
    box.block("alice")

    help_, edited, *attached, tapped, blocked = await bot.get_updates(timeout=5)

    assert help_.message is not None
    assert help_.message.parse_entities([MessageEntity.BOT_COMMAND])
    assert help_.message.reply_to_message is not None
    assert help_.message.reply_to_message.text_html == "<b>x</b>"
    assert edited.edited_message is not None
    assert edited.edited_message.text == "help"
    messages = [update.message for update in attached]
    assert [bool(getattr(m, kind)) for m, kind in zip(messages, kinds, strict=True)] == [True] * len(kinds)
    assert tapped.callback_query is not None
    assert isinstance(tapped.callback_query.message, Message)
    assert tapped.callback_query.message.reply_markup == go
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == ChatMember.BANNED


async def test_files_go_up_and_come_down(bot: Bot, alice: int) -> None:
    content = sample("photo").content

    photo = await bot.send_photo(alice, content, caption="x")
    document = await bot.send_document(alice, b"a,b\n", filename="days.csv")

    assert document.document is not None
    assert document.document.file_name == "days.csv"
    file = await bot.get_file(photo.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == content


async def test_refusals_are_the_librarys_own_errors(box: Box, bot: Bot, alice: int) -> None:
    with pytest.raises(BadRequest, match="Can't parse entities: unclosed start tag at byte offset 1"):
        await bot.send_message(alice, "a<b", ParseMode.HTML)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(1002, "x")
    with pytest.raises(NetworkError, match="sendDice is not built into the playground"):
        await bot.send_dice(alice)
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    await bot.get_updates()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await waiting


async def test_without_a_server_nobody_could_bring_updates_to_a_webhook(bot: Bot) -> None:
    with pytest.raises(NetworkError, match="setWebhook without its server is not built into the playground"):
        await bot.set_webhook("http://localhost:8080/")


async def test_a_call_can_be_cancelled_and_loses_nothing(box: Box, bot: Bot, alice: int) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    box.say("alice", "alice", "x")

    (update,) = await bot.get_updates(timeout=30)
    assert update.message is not None


async def test_a_whole_application_runs_on_the_box(box: Box) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        button = InlineKeyboardButton("Go", callback_data="go")
        await update.message.reply_text("Ready?", reply_markup=InlineKeyboardMarkup([[button]]))

    async def go(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Off we go")
        await update.callback_query.edit_message_text("Gone")

    builder = Application.builder().token(box.token)
    application = builder.request(BoxRequest(box)).get_updates_request(BoxRequest(box)).build()
    application.add_handlers([CommandHandler("start", start), CallbackQueryHandler(go)])
    events = box.events.listen()
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        box.say("alice", "alice", "/start")
        while (event := await events.get()) and event.get("message", {}).get("text") != "Ready?":
            pass
        assert event is not None
        answer = await box.tap("alice", "alice", event["message"]["message_id"], "Go")
        while (event := await events.get()) and event["type"] != "edited":
            pass
        await application.updater.stop()
        await application.stop()

    assert answer.text == "Off we go"
    assert box.messages("alice")[-1]["text"] == "Gone"
