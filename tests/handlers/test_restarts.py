"""Whatever moment the process dies at: what people did counts once, and is answered anyway."""

import pytest

from tests.fake_chat import FakeChat


async def test_an_update_that_ran_before_the_crash_runs_again_without_counting_twice(running, chat):
    await chat.starts()
    await chat.answers("Got it", text="my answer")
    await chat.taps("Another")
    before = await _kept(chat)

    await _forget_that_updates_are_done(running)
    await running.start()
    await running.quiet()

    assert await _kept(chat) == before


@pytest.mark.parametrize(
    "press", ["1 ☐", "Hint", "Show answer", "Missed", "Undo", "Not my answer", "Another", "Skip"]
)
async def test_every_press_may_run_twice(running, chat, press):
    await chat.starts()
    if press in ("1 ☐", "Missed", "Undo", "Another", "Not my answer"):
        await chat.says("my answer")
    if press in ("Undo", "Another"):
        await chat.taps("Got it")
    await chat.taps(press)
    before = await _kept(chat)

    await _forget_that_updates_are_done(running, only_last=True)
    await running.start()
    await running.quiet()

    assert await _kept(chat) == before


@pytest.mark.parametrize(
    "words", ["/question metrics/question-3", "/topic metrics", "/today", "/pause 3", "my answer"]
)
async def test_every_text_may_run_twice(running, chat, words):
    await chat.starts()
    await chat.says(words)
    before = await _kept(chat)

    await _forget_that_updates_are_done(running, only_last=True)
    await running.start()
    await running.quiet()

    assert await _kept(chat) == before


async def test_a_question_put_but_not_sent_is_sent_after_the_restart(running, chat):
    await chat.starts()
    await chat.waits(until="09:00 tomorrow")
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "UPDATE askings SET message_id = NULL, send_after = asked_at + 60000 WHERE slot = 0 AND id = 2"
        )

    await running.stop()
    await running.start()
    await running.quiet()
    await chat.waits(minutes=1)

    assert len(chat.questions) == 3
    [asking] = await chat.rows("SELECT message_id, send_after FROM askings WHERE id = 2")
    assert asking == {"message_id": chat.last.id, "send_after": None}


async def test_what_is_written_while_the_bot_is_away_is_answered_when_it_is_back(running, chat):
    await chat.starts()
    await running.stop()
    chat.box.say("alice", "alice", "written into the dark")

    await running.start()
    await running.quiet()

    assert "Not my answer" in chat.last.buttons


SCENES = {
    "an answer": ("says", "my answer"),
    "Show answer": ("taps", "Show answer"),
    "Skip": ("taps", "Skip"),
    "/today": ("says", "/today"),
    "a drill": ("says", "/topic metrics"),
    "/random": ("says", "/random"),
    "a link": ("says", "/start topic_metrics"),
    "/bookmark": ("says", "/bookmark"),
}


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
async def test_dying_at_any_request_to_telegram_loses_and_doubles_nothing(running, chat_of, scene, after):
    """The same act by many learners, the process ending at the first, second, ... thing it says about it."""
    does, what = SCENES[scene]
    reference = await _learner(running, chat_of, "reference")
    await getattr(reference, does)(what)
    expected, said = await _about(reference), len(reference.from_bot)

    for request in range(5):
        chat = await _learner(running, chat_of, f"learner{request}")
        await running.dies_at(request, after=after)
        if does == "says":
            chat.box.say(chat.who, chat.who, what)
        else:
            chat.box.tap(chat.who, chat.who, chat.last.id, what)
        died = await running.dead_or_quiet()
        await running.stop()
        await running.start()
        await running.quiet()

        assert await _about(chat) == expected
        assert said <= len(chat.from_bot) <= said + (after and died)
        if not died:
            break
    else:
        raise AssertionError("more is said about it than this test looks at")


async def _learner(running, chat_of, name):
    running.box.add_person(name)
    chat = chat_of(name)
    await chat.starts()
    return chat


async def _about(chat):
    """What the database holds of one learner, but for ids and chance."""
    person = chat.box.roster.person(chat.who).id
    askings = await chat.rows("SELECT * FROM askings WHERE learner_id = ? ORDER BY id", person)
    return [
        (a["purpose"], a["slot"], a["place"], a["shown_at"], a["skipped_at"], a["rating"], a["message_id"] is not None,
         a["feedback_message_id"] is not None,
         [r["text"] for r in await chat.rows("SELECT text FROM replies WHERE asking_id = ?", a["id"])])
        for a in askings
    ]  # fmt: skip


async def _forget_that_updates_are_done(running, *, only_last=False):
    """As if the process had died after all its work and before marking any of it as done."""
    async with running.coach._db.transaction() as tx:
        where = "WHERE update_id = (SELECT max(update_id) FROM inbox)" if only_last else ""
        for row in await tx.all(f"SELECT update_id FROM inbox {where}"):
            payload = running.payloads[row["update_id"]]
            await tx.execute(
                "UPDATE inbox SET done_at = NULL, payload = ? WHERE update_id = ?",
                (payload, row["update_id"]),
            )
    await running.stop()


async def _kept(chat: FakeChat):
    tables = ("cards", "reviews", "replies", "drills")
    askings = await chat.rows("SELECT * FROM askings")
    for asking in askings:  # a second copy of a message takes over from the first
        del asking["message_id"], asking["feedback_message_id"]
    return [askings, *[await chat.rows(f"SELECT * FROM {table}") for table in tables]]
