"""A bot as somebody else would write it. Importing its library takes seconds: only what needs it does so."""

import asyncio

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputPollOption,
    Message,
    PollAnswer,
)

from playground.samples import sample

GO = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])


def connect(address: str, token: str) -> Bot:
    """Over HTTP, to be closed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML"))


def quiz_bot(answers: asyncio.Queue[PollAnswer]) -> Dispatcher:
    """Greets with a button, shows a picture, puts a quiz to a group."""
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer("Hello, <b>you</b>", reply_markup=GO)

    @dispatcher.callback_query(F.data == "go")
    async def go(query: CallbackQuery) -> None:
        await query.answer("Off we go")
        assert isinstance(query.message, Message)
        await query.message.edit_text("Gone")

    @dispatcher.message(Command("picture"))
    async def picture(message: Message) -> None:
        await message.answer_photo(
            BufferedInputFile(sample("photo").content, "chart.png"), caption="A <i>chart</i>"
        )

    @dispatcher.message(Command("quiz"))
    async def quiz(message: Message) -> None:
        options: list[InputPollOption | str] = [
            InputPollOption(text=text) for text in ("Recall", "Precision", "Accuracy")
        ]
        await message.answer_poll(
            "TP / (TP + FP)?", options, type="quiz", correct_option_ids=[1], is_anonymous=False
        )

    @dispatcher.poll_answer()
    async def answered(answer: PollAnswer) -> None:
        answers.put_nowait(answer)

    return dispatcher
