"""What Telegram refuses, in its own codes and words: one line a refusal."""

import inspect
from typing import Any

import pytest

from playground.clock import Clock
from playground.state import Box
from tests.playground.refusal_stage import (
    Situation,
    Stage,
    became_a_supergroup,
    bot_gone,
    bot_put_out,
    bot_put_out_of_a_supergroup,
    nobody_may,
    tap_answered,
    tapped,
    tapped_long_ago,
    two_days_on,
)

SAY = {"chat_id": "$alice", "text": "x"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
Row = tuple[str, dict[str, Any], str]


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


def quiz(**changed: Any) -> dict[str, Any]:
    """A quiz nothing is wrong with, but for what is changed."""
    sound = {
        "chat_id": "$group", "question": "1 + 1?", "options": [{"text": "2"}, {"text": "3"}], "type": "quiz",
        "correct_option_ids": [0],
    }  # fmt: skip
    return {name: value for name, value in (sound | changed).items() if value is not None}


TEXTS: list[Row] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "777", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody_here", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "$alice"}, "message text is empty"),
    ("sendMessage", {**SAY, "text": ""}, "message text is empty"),
    ("sendMessage", {**SAY, "text": " \n "}, "text must be non-empty"),
    ("sendMessage", {**SAY, "text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("sendMessage", {**SAY, "text": "x" * 4097}, "message is too long"),
    ("sendPhoto", {"chat_id": "$alice", "photo": "x", "caption": "x" * 1025}, "message caption is too long"),
    ("sendMessage", {**SAY, "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ("sendMessage", {**SAY, "reply_to_message_id": 999}, "message to be replied not found"),
    ("sendMessage", {**SAY, "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ("sendMessage", {**SAY, "chat_id": "$group", "message_thread_id": 999}, "message thread not found"),
    ("sendPhoto", {"chat_id": "$alice"}, "there is no photo in the request"),
    ("sendDocument", {"chat_id": "$alice"}, "there is no document in the request"),
    ("sendVoice", {"chat_id": "$alice"}, "there is no voice in the request"),
    ("sendPhoto", {"chat_id": "$alice", "photo": "made-up"}, "wrong file identifier/HTTP URL specified"),
    ("getFile", {"file_id": "made-up"}, "wrong file_id or the file is temporarily unavailable"),
    ("sendLocation", {"chat_id": "$alice", "longitude": 1.0}, "latitude is empty"),
    ("sendLocation", {"chat_id": "$alice", "latitude": 1.0}, "longitude is empty"),
    ("sendChatAction", {"chat_id": "$alice", "action": "thinking"}, "wrong parameter action in request"),
    ("setMyCommands", {"commands": "["}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    (
        "setMyCommands",
        {"commands": [], "scope": "[]"},
        "can't parse BotCommandScope: BotCommandScope must be an Object",
    ),
]  # fmt: skip

MARKUPS: list[Row] = [
    ("sendMessage", {**SAY, "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ("sendMessage", {**SAY, "reply_markup": r'["\ud800"]'}, "strings must be encoded in UTF-8"),
    ("sendMessage", {**SAY, "reply_markup": []}, "object expected as reply markup"),
    ("sendMessage", {**SAY, "reply_markup": keyboard(text="x", callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
    ("sendMessage", {**SAY, "reply_markup": keyboard(text="x", callback_data="ü" * 33)}, "BUTTON_DATA_INVALID"),
    ("sendMessage", {**SAY, "reply_markup": keyboard(text="x", callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {**SAY, "reply_markup": keyboard(text="", callback_data="x")},
        "inline keyboard button text must be non-empty",
    ),
    (
        "sendMessage",
        {**SAY, "reply_markup": {"keyboard": [[{"text": ""}]]}},
        "keyboard button text must be non-empty",
    ),
    (
        "sendMessage",
        {**SAY, "reply_markup": {"inline_keyboard": [["x"]]}},
        "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    (
        "sendMessage",
        {**SAY, "reply_markup": keyboard(text="x")},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {**SAY, "chat_id": "$group", "reply_markup": {"keyboard": [[{"text": "x", "request_location": True}]]}},
        "location can be requested in private chats only",
    ),
    (
        "sendMessage",
        {**SAY, "chat_id": "$group", "reply_markup": {"keyboard": [[{"text": "x", "request_contact": True}]]}},
        "phone number can be requested in private chats only",
    ),
]  # fmt: skip

EDITS: list[Row] = [
    ("editMessageText", {**SAY, "message_id": "$sent", "reply_markup": GO}, NOT_MODIFIED),
    ("editMessageReplyMarkup", {"chat_id": "$alice", "message_id": "$sent", "reply_markup": GO}, NOT_MODIFIED),
    ("editMessageText", {**SAY, "message_id": 999}, "message to edit not found"),
    ("editMessageText", {**SAY, "message_id": "$theirs"}, "message can't be edited"),
    ("editMessageText", {**SAY, "message_id": "$force"}, "message can't be edited"),
    ("editMessageText", {**SAY, "message_id": "$photo"}, "there is no text in the message to edit"),
    (
        "editMessageCaption",
        {"chat_id": "$alice", "message_id": "$sent", "caption": "x"},
        "there is no caption in the message to edit",
    ),
    ("deleteMessage", {"chat_id": "$alice", "message_id": 999}, "message to delete not found"),
    ("deleteMessage", {"chat_id": "$group", "message_id": "$said"}, "message can't be deleted"),
    ("pinChatMessage", {"chat_id": "$alice", "message_id": 999}, "message to pin not found"),
    ("unpinChatMessage", {"chat_id": "$alice", "message_id": 999}, "message to unpin not found"),
    ("stopPoll", {"chat_id": "$group", "message_id": 999}, "message with poll to stop not found"),
    ("stopPoll", {"chat_id": "$group", "message_id": "$closed"}, "poll can't be stopped"),
    ("stopPoll", {"chat_id": "$alice", "message_id": "$sent"}, "message is not a poll"),
    ("answerCallbackQuery", {"callback_query_id": "123"}, TOO_OLD),
]  # fmt: skip

POLLS: list[Row] = [
    ("sendPoll", quiz(question=" "), "text must be non-empty"),
    ("sendPoll", quiz(question="x" * 301), "poll question length must not exceed 300"),
    ("sendPoll", quiz(options=[]), "poll must have at least one answer option"),
    ("sendPoll", quiz(options=[{"text": f"{n}"} for n in range(13)]), "poll can't have more than 12 options"),
    ("sendPoll", quiz(options=[{"text": "a"}, {"text": " "}]), "poll option must be non-empty"),
    ("sendPoll", quiz(options=[{"text": "a"}, {"text": "x" * 101}]), "poll options length must not exceed 100"),
    ("sendPoll", quiz(options="["), "can't parse options JSON object"),
    ("sendPoll", quiz(options="{}"), "expected an Array of String as options"),
    ("sendPoll", quiz(type="survey"), "unsupported poll type specified"),
    ("sendPoll", quiz(correct_option_ids=None), "correct quiz option list must be non-empty"),
    ("sendPoll", quiz(correct_option_ids=[]), "correct quiz option list must be non-empty"),
    ("sendPoll", quiz(correct_option_ids=[1, 0]), "correct quiz option list must be increasing"),
    ("sendPoll", quiz(correct_option_ids=[2]), "wrong quiz correct_option_id"),
    ("sendPoll", quiz(correct_option_ids="["), "can't parse correct option identifiers JSON object"),
    ("sendPoll", quiz(correct_option_ids="0"), "expected an Array of correct option identifiers"),
    ("sendPoll", quiz(correct_option_ids=["a"]), "correct option identifier must be of type Number"),
    ("sendPoll", quiz(members_only=True), "poll voters can be restricted only in channel chats"),
]  # fmt: skip

HTML: list[tuple[str, str]] = [
    ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("ü<br>", 'Unsupported start tag "br" at byte offset 2'),
    ("x<b/>", 'Unsupported start tag "b/" at byte offset 1'),
    ("if a<b then", 'Unclosed start tag "b" at byte offset 4'),
    ("a<b", "Unclosed start tag at byte offset 1"),
    ("<b =1>x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
    ("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b>x</b x>", "Unclosed end tag at byte offset 4"),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    (
        "&#xd800;",
        "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
        "code units",
    ),
]

SITUATIONS: list[tuple[Situation, str, dict[str, Any], int, str]] = [
    (lambda stage: stage.box.block("alice"), "sendMessage", SAY, 403, "bot was blocked by the user"),
    (lambda stage: stage.box.deactivate("alice"), "sendMessage", SAY, 403, "user is deactivated"),
    (lambda stage: None, "sendMessage", {**SAY, "chat_id": "$dave"}, 403,
     "bot can't initiate conversation with a user"),
    (lambda stage: None, "sendMessage", {**SAY, "chat_id": "$bot"}, 403, "bot can't send messages to bots"),
    (bot_put_out, "sendMessage", {**SAY, "chat_id": "$group"}, 403, "bot was kicked from the group chat"),
    (bot_put_out_of_a_supergroup, "sendMessage", {**SAY, "chat_id": "$group"}, 403,
     "bot was kicked from the supergroup chat"),
    (bot_gone, "sendMessage", {**SAY, "chat_id": "$group"}, 403, "bot is not a member of the group chat"),
    (became_a_supergroup, "sendMessage", {**SAY, "chat_id": "$group"}, 400,
     "group chat was upgraded to a supergroup chat"),
    (nobody_may("can_send_messages"), "sendMessage", {**SAY, "chat_id": "$group"}, 400,
     "not enough rights to send text messages to the chat"),
    (nobody_may("can_send_polls"), "sendPoll", quiz(), 400, "not enough rights to send polls to the chat"),
    (nobody_may("can_pin_messages"), "pinChatMessage", {"chat_id": "$group", "message_id": "$quiz"}, 400,
     "not enough rights to manage pinned messages in the chat"),
    (tap_answered, "answerCallbackQuery", {"callback_query_id": "$query"}, 400, TOO_OLD),
    (tapped_long_ago, "answerCallbackQuery", {"callback_query_id": "$query"}, 400, TOO_OLD),
    (tapped, "answerCallbackQuery", {"callback_query_id": "$query", "text": "x" * 201}, 400, "MESSAGE_TOO_LONG"),
    (two_days_on, "deleteMessage", {"chat_id": "$alice", "message_id": "$sent"}, 400, "message can't be deleted"),
    (lambda stage: None, "sendMassage", {}, 404, "method not found"),
]  # fmt: skip
PREFIXES = {400: "Bad Request", 403: "Forbidden", 404: "Not Found"}


@pytest.fixture
async def stage(api: Any, box: Box, clock: Clock) -> Stage:
    return await Stage(api, box, clock).furnish()


@pytest.mark.parametrize("method, parameters, words", [*TEXTS, *MARKUPS, *EDITS, *POLLS])
async def test_a_call_is_refused_in_telegrams_words(
    stage: Stage, method: str, parameters: dict[str, Any], words: str
) -> None:
    assert await stage.refused(method, parameters) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize("source, words", HTML)
async def test_html_is_refused_in_telegrams_words(stage: Stage, source: str, words: str) -> None:
    parameters = {**SAY, "text": source, "parse_mode": "HTML"}

    assert await stage.refused("sendMessage", parameters) == (
        400,
        f"Bad Request: can't parse entities: {words}",
    )


@pytest.mark.parametrize("situation, method, parameters, code, words", SITUATIONS)
async def test_a_situation_is_refused_in_telegrams_words(
    stage: Stage, situation: Situation, method: str, parameters: dict[str, Any], code: int, words: str
) -> None:
    done = situation(stage)
    if inspect.isawaitable(done):
        await done

    assert await stage.refused(method, parameters) == (code, f"{PREFIXES[code]}: {words}")


async def test_a_group_that_moved_says_where(stage: Stage, box: Box) -> None:
    became_a_supergroup(stage)

    _, answer = await stage.api.answer("sendMessage", chat_id=stage.names["group"], text="x")

    assert answer["parameters"] == {"migrate_to_chat_id": box.roster.chat("study-group").id}


async def test_refusals_leave_no_trace(stage: Stage, box: Box) -> None:
    chats = list(box.roster.chats)
    before = {chat: box.messages(chat) for chat in chats}

    for method, parameters, _ in [*TEXTS, *MARKUPS, *EDITS, *POLLS]:
        await stage.refused(method, parameters)

    assert {chat: box.messages(chat) for chat in chats} == before
