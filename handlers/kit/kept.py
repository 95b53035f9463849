"""Recordings, pictures and files of learners: kept by Telegram's id alone, and sent again by it."""

from __future__ import annotations

from typing import Any

from telegram import Message, ReplyParameters
from telegram.error import BadRequest

from handlers.kit.context import Dependencies
from interview.asking import ReplyKind

_LOST = ("wrong file", "wrong remote file", "temporarily unavailable", "can't use file of type", "file_id")


def kept_of(message: Message) -> tuple[ReplyKind, str] | None:
    """What a message holds that can be kept as an answer, and Telegram's id of it; None for anything else."""
    if message.animation is not None:  # a moving picture is a remark; Telegram calls it a document too
        return None
    if message.photo:
        return ReplyKind.PHOTO, message.photo[-1].file_id
    held = {
        ReplyKind.VOICE: message.voice,
        ReplyKind.AUDIO: message.audio,
        ReplyKind.VIDEO: message.video,
        ReplyKind.VIDEO_NOTE: message.video_note,
        ReplyKind.DOCUMENT: message.document,
    }
    return next(((kind, sent.file_id) for kind, sent in held.items() if sent is not None), None)


async def send_again(
    on: Dependencies, chat_id: int, kind: ReplyKind, file_id: str, caption: str, to_message: int
) -> bool:
    """Send it as it came, without sound, below a message; False where Telegram does not have it for this bot."""
    bot, below = on.bot, ReplyParameters(to_message, allow_sending_without_reply=True)
    given: dict[str, Any] = {"disable_notification": True, "reply_parameters": below}
    if kind is not ReplyKind.VIDEO_NOTE:
        given["caption"] = caption or None
    try:
        match kind:
            case ReplyKind.VOICE:
                await bot.send_voice(chat_id, file_id, **given)
            case ReplyKind.AUDIO:
                await bot.send_audio(chat_id, file_id, **given)
            case ReplyKind.PHOTO:
                await bot.send_photo(chat_id, file_id, **given)
            case ReplyKind.VIDEO:
                await bot.send_video(chat_id, file_id, **given)
            case ReplyKind.VIDEO_NOTE:
                await bot.send_video_note(chat_id, file_id, **given)
            case _:
                await bot.send_document(chat_id, file_id, **given)
    except BadRequest as refused:
        if any(words in refused.message.lower() for words in _LOST):
            return False
        raise
    return True
