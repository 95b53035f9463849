"""The tap in python-telegram-bot's Application as its defaults make it, with 64 updates in flight."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler

from bench.contenders.tap import Tap

IN_FLIGHT = 64


async def run(tap: Tap, token: str, base_url: str) -> None:
    """Serve until cancelled."""

    async def rated(update: Update, _: Any) -> None:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        reply = await tap(query.from_user.id, query.data)
        await query.edit_message_text(
            reply.text,
            parse_mode=ParseMode.HTML,
            reply_markup=reply.inline_keyboard(),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        await query.answer()

    builder = Application.builder().token(token).base_url(f"{base_url}/bot")
    application = builder.concurrent_updates(IN_FLIGHT).build()
    application.add_handler(CallbackQueryHandler(rated, pattern=r"^rate\."))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        await asyncio.Event().wait()
