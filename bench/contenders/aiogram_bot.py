"""The tap in aiogram: long polling, 64 updates in flight, nothing written down before it is confirmed."""

from __future__ import annotations

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from bench.contenders.tap import Tap
from handlers.kit.reply import Button, Reply

IN_FLIGHT = 64


async def run(tap: Tap, token: str, base_url: str) -> None:
    """Serve until cancelled."""
    dispatcher = Dispatcher()

    @dispatcher.callback_query(F.data.startswith("rate."))
    async def rated(query: CallbackQuery) -> None:
        assert query.data is not None
        assert isinstance(query.message, Message)
        reply = await tap(query.from_user.id, query.data)
        await query.message.edit_text(
            reply.text,
            parse_mode="HTML",
            reply_markup=_keyboard(reply),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        await query.answer()

    bot = Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(base_url)))
    await dispatcher.start_polling(bot, handle_signals=False, tasks_concurrency_limit=IN_FLIGHT)


def _keyboard(reply: Reply) -> InlineKeyboardMarkup:
    assert isinstance(reply.buttons, tuple)
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=button.label, callback_data=button.press.pack())
                for button in row
                if isinstance(button, Button)
            ]
            for row in reply.buttons
        ]
    )
