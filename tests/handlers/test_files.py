"""Voice messages, pictures and files as answers: kept by Telegram's id, shown with the plain checklist, replayed."""

from dataclasses import replace

import pytest
from telegram import Message

from content.bank import Bank
from handlers.kit.kept import kept_of
from interview.question import KeyPoint
from tests.fake_chat import make_question
from tests.run_again import run_the_last_update_again

JUDGED = replace(
    make_question("metrics", 1),
    key_points=(KeyPoint("A constant “no” scores 97 %", phrases=("always predict no",)), KeyPoint("Recall")),
)


async def test_a_voice_message_is_an_answer_with_the_plain_checklist(chat):
    await chat.starts()
    question = chat.last.id
    await chat.sends("voice")

    assert chat.last.text.startswith("I cannot listen, so tick what you said.")
    assert chat.last.buttons[:3] == ["1 ☐", "2 ☐", "3 ☐"]
    assert not any("✓" in label for label in chat.last.buttons)
    assert chat.message(question).buttons == []
    [reply] = await chat.rows("SELECT kind, file_id, text FROM replies")
    assert reply["kind"] == "voice"
    assert reply["file_id"]
    assert reply["text"] == ""

    await chat.taps("2 ☐")
    assert any(label.startswith("✓") for label in chat.last.buttons)


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_pictures_and_files_are_answers_too(chat, kind):
    await chat.starts()
    await chat.sends(kind)

    assert chat.last.text.startswith("I cannot look at pictures or into files, so tick what is in yours.")
    assert [row["kind"] for row in await chat.rows("SELECT kind FROM replies")] == [kind]


async def test_of_a_picture_with_words_the_words_are_judged(chat):
    await _with(chat, JUDGED)
    await chat.sends("photo", caption="you could always predict no")

    assert chat.last.text.startswith("I found 1 of 2 points")
    assert "I read your typed words alone." in chat.last.text
    assert chat.last.buttons[:2] == ["1 ☑", "2 ☐"]
    assert not any("✓" in label for label in chat.last.buttons)
    assert [row["text"] for row in await chat.rows("SELECT text FROM replies")] == [
        "you could always predict no"
    ]


@pytest.mark.parametrize("caption", ["see my notes on the board", "idk", "?"])
async def test_a_caption_that_says_nothing_leaves_the_plain_checklist(chat, caption):
    await _with(chat, JUDGED)
    await chat.sends("photo", caption=caption)

    assert chat.last.text.startswith("I cannot look at pictures or into files, so tick what is in yours.")
    assert "could not find" not in chat.last.text
    assert not any("✓" in label for label in chat.last.buttons)


async def test_a_voice_message_after_typed_words_takes_the_marked_rating_away(chat):
    await _with(chat, JUDGED)
    await chat.says("I would look at the money")
    assert any(label.startswith("✓ Missed") for label in chat.last.buttons)

    await chat.sends("voice")

    assert "I cannot listen, so tick what you said." in chat.last.text
    assert not any("✓" in label for label in chat.last.buttons)


async def test_history_does_not_blame_a_recording_that_was_not_ticked(chat):
    await chat.starts()
    await chat.sends("photo", caption="my notes")
    await chat.taps("Got it")
    await chat.says("/history")
    await chat.taps("1")

    assert "You ticked none of the 3 points" in chat.last.text
    assert "You had" not in chat.last.text


async def test_history_says_of_points_it_was_not_sure_of_that_it_could_not_tell(chat):
    await _with(chat, JUDGED)
    await chat.sends("photo", caption="准确率没有意义")
    await chat.taps("Got it")
    await chat.says("/history")
    await chat.taps("1")

    assert "I could not tell which of the 2 points you made\n◐ 1" in chat.last.text
    assert "You ticked none" not in chat.last.text


async def test_several_messages_of_all_kinds_are_one_answer(chat):
    await _with(chat, JUDGED)
    await chat.sends("voice")
    feedback = chat.last.id
    await chat.says("always predict no")
    await chat.sends("photo")

    assert chat.last.id == feedback
    assert chat.last.text.startswith("Your 3 messages count as one answer. I found 1 of 2 points")
    assert len(await chat.rows("SELECT * FROM replies")) == 3


async def test_an_album_is_one_answer_below_its_first_picture(chat):
    await chat.starts()
    chat.box.send("alice", "alice", "photo")
    chat.box.send("alice", "alice", "photo")
    await chat.running.quiet()
    before = len(chat.from_bot)
    await chat.sends("photo")

    assert len(chat.from_bot) == before
    assert chat.last.text.startswith("Your 3 messages count as one answer. I cannot look at pictures")


async def test_a_long_answer_that_the_client_cuts_is_one_answer(chat):
    await chat.starts()
    for part in range(5):
        chat.box.say("alice", "alice", f"{part}" + "words " * 670)
    await chat.running.quiet()

    assert chat.last.text.startswith("Your 5 messages count as one answer.")
    replies = await chat.rows("SELECT text FROM replies ORDER BY message_id")
    assert sum(len(row["text"]) for row in replies) > 20_000
    assert [row["text"][0] for row in replies] == list("01234")


async def test_a_voice_message_replied_to_an_older_question_answers_that_one(chat):
    await chat.starts(hour="09:00")
    older = chat.last
    await chat.waits(days=1)
    await chat.sends("voice", reply_to=older.id)

    assert [row["asking_id"] for row in await chat.rows("SELECT asking_id FROM replies")] == [1]


async def test_a_changed_caption_is_judged_again(chat):
    await _with(chat, JUDGED)
    await chat.sends("photo", caption="hm")
    photo = chat.messages[-2].id

    await chat.edits(photo, "always predict no")

    assert "I found 1 of 2 points" in chat.last.text


async def test_a_voice_message_with_nothing_open_says_so(chat):
    await chat.starts()
    await chat.answers()
    await chat.sends("voice")

    assert "no question open" in chat.last.text
    assert await chat.rows("SELECT * FROM replies") == []


async def test_a_voice_message_in_the_first_conversation_is_no_answer(chat):
    await chat.says("/start")
    await chat.sends("voice")

    assert "I can read typed text only" in chat.last.text


async def test_a_file_that_was_asked_for_goes_there_first(chat):
    await chat.starts()
    await chat.says("/import")
    await chat.sends("document")

    assert "no export" in chat.last.text.lower() or "export" in chat.last.text.lower()
    assert await chat.rows("SELECT * FROM replies") == []


async def test_a_text_while_a_file_is_awaited_says_so(chat):
    await chat.starts()
    await chat.answers()
    await chat.says("/import")
    await chat.says("where do I find it?")

    assert "I am waiting for a file" in chat.last.text
    assert "/today" in chat.last.text


async def test_a_text_while_a_file_is_awaited_answers_the_open_question(chat):
    await chat.starts()
    await chat.says("/import")
    await chat.says("my answer")

    assert len(await chat.rows("SELECT * FROM replies")) == 1


@pytest.mark.parametrize("kind", ["voice", "photo", "document"])
async def test_a_file_may_run_twice(running, chat, kind):
    await chat.starts()
    await chat.sends(kind)
    said = len(chat.from_bot)

    await run_the_last_update_again(running)

    assert len(await chat.rows("SELECT * FROM replies")) == 1
    assert len(chat.from_bot) == said


@pytest.mark.parametrize(
    "kind, label", [("voice", "Your voice message"), ("photo", "Your picture"), ("document", "Your file")]
)
async def test_history_replays_it_beside_the_reference(chat, kind, label):
    await chat.starts()
    await chat.sends(kind)
    await chat.taps("Got it")
    await chat.says("/history")
    await chat.taps("1")
    assert chat.last.buttons == [label, "Back to the list"]
    assert "Reference answer" in chat.last.text
    shown = chat.last.id

    await chat.taps(label)

    again = chat.box.messages("alice")[-1]
    assert (again["kind"], again["reply_to"], again["silent"]) == (kind, shown, True)


async def test_history_replays_all_of_several(chat):
    await chat.starts()
    await chat.sends("photo", caption="first <b>")
    await chat.sends("document")
    await chat.taps("Got it")
    await chat.says("/history")
    await chat.taps("1")
    await chat.taps("Your 2 recordings and files")

    first, second = chat.box.messages("alice")[-2:]
    assert (first["kind"], first["text"], second["kind"]) == ("photo", "first <b>", "document")


async def test_what_telegram_no_longer_has_is_told(chat):
    await chat.starts()
    await chat.sends("photo")
    async with chat.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE replies SET file_id = 'of another bot'")
    await chat.says("/history")
    await chat.taps("1")

    assert "no longer has that" in await chat.taps("Your picture")


async def test_a_strangers_recording_is_not_played(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await alice.sends("photo")
    await bob.starts()

    assert "no longer here" in await bob.presses("replay.1:1")


async def test_how_long_the_answer_took_is_in_the_history(chat):
    await chat.starts()
    await chat.waits(minutes=2.5)
    await chat.says("my answer")
    await chat.waits(minutes=0.5)
    await chat.says("and more")
    await chat.taps("Got it")
    await chat.says("/history")
    await chat.taps("1")

    assert "today · Got it · answered in 2 min 30 s" in chat.last.text


async def test_the_time_counts_from_when_the_question_first_came(chat):
    await chat.starts()
    [before] = await chat.rows("SELECT sent_at FROM askings")
    await chat.waits(minutes=30)
    await chat.says("/today")

    assert await chat.rows("SELECT sent_at FROM askings") == [before]
    assert before["sent_at"] is not None


async def test_what_was_only_looked_at_took_no_time(chat):
    await chat.starts()
    await chat.answers()
    await chat.says("/history")
    await chat.taps("1")

    assert "answered in" not in chat.last.text


async def test_forget_leaves_no_file(chat):
    await chat.starts()
    await chat.sends("voice")
    await chat.says("/forget")
    await chat.taps("Delete everything")

    assert await chat.rows("SELECT * FROM replies") == []


def _message(**holds):
    body = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, **holds}
    return Message.de_json(body, None)


FILE = {"file_id": "F", "file_unique_id": "U"}
PLAYED = {**FILE, "duration": 1}
SIZED = {**FILE, "width": 1, "height": 1}


@pytest.mark.parametrize(
    "holds, kept",
    [
        ({"voice": PLAYED}, "voice"),
        ({"audio": PLAYED}, "audio"),
        ({"video": {**PLAYED, "width": 1, "height": 1}}, "video"),
        ({"video_note": {**PLAYED, "length": 1}}, "video_note"),
        ({"document": FILE}, "document"),
        ({"photo": [{**SIZED, "file_id": "small"}, SIZED]}, "photo"),
        ({"animation": {**PLAYED, "width": 1, "height": 1}, "document": FILE}, None),
        ({"dice": {"emoji": "🎲", "value": 1}}, None),
        ({"text": "words"}, None),
    ],
)  # fmt: skip
def test_what_is_kept_of_a_message(holds, kept):
    assert kept_of(_message(**holds)) == (None if kept is None else (kept, "F"))


async def _with(chat, question):
    await chat.running.stop()
    chat.running.shelf = replace(chat.running.shelf, bank=Bank([question]))
    await chat.running.start()
    await chat.starts()
