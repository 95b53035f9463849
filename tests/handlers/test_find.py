"""/question and /tips."""

from content.tips import read_tips
from handlers.asking.drill_presses import AskThis
from handlers.kit.press import Slug
from tests.the_bank import the_bank


async def test_a_question_is_asked_by_its_id(chat):
    await chat.starts()
    await chat.says("/question metrics/question-3")

    assert "What is metrics number 3" in chat.last.text
    assert "your choice" in chat.last.text


async def test_words_bring_the_nearest_to_choose_from(chat):
    await chat.starts()
    await chat.says("/question statistics number 5")
    assert "Which one?" in chat.last.text
    assert "1  What is statistics number 5" in chat.last.text

    await chat.taps("1")
    assert "What is statistics number 5" in chat.last.text
    assert chat.last.buttons[0] == "Show answer"


async def test_words_that_lead_nowhere_say_what_to_try(chat):
    await chat.starts()
    await chat.says("/question zzzzqqqq")
    assert "I found no question with “zzzzqqqq”" in chat.last.text

    await chat.says("/question")
    assert "Say which one" in chat.last.text


async def test_made_up_ids_are_refused(chat):
    await chat.starts()

    assert "no longer here" in await chat.presses("ask.1:metrics/never-was")


def test_every_id_of_the_bank_fits_a_button():
    for question in the_bank():
        assert AskThis(Slug(question.id)).pack()


async def test_tips_are_pages_of_one_message(chat):
    await chat.starts()
    await chat.says("/tips")
    message = chat.last.id
    for tip in read_tips():
        await chat.taps(tip.title)
        assert chat.last.text.startswith(tip.title)
        await chat.taps("All tips")

    assert chat.last.id == message


async def test_a_tip_that_is_gone_says_so(chat):
    await chat.starts()

    assert "/tips lists those that are" in await chat.presses("tip.1:never-was")
