"""/import: an export comes back, and nothing newer is lost."""

import json

import pytest

from handlers.importing import MOST_BYTES
from interview.streak import reckon
from storage import asked_days, kept_days, learners
from tests.handlers.exported import document_of, export_of, sends_file

_CARDS = "SELECT * FROM cards WHERE learner_id = ? ORDER BY question_id"
_LOG = (
    "SELECT question_id, what, rating, study_day, reviewed_at, card_before FROM reviews"
    " WHERE learner_id = ? ORDER BY id"
)
_ASKED = (
    "SELECT question_id, purpose, because, study_day, slot, place, asked_at, late, shown_at, hints, judged,"
    " judged_rating, ticked, rating, rated_at, rated_on, skipped_at FROM askings WHERE learner_id = ? ORDER BY id"
)
_TYPED = (
    "SELECT text, received_at FROM replies JOIN askings ON askings.id = asking_id WHERE learner_id = ?"
    " ORDER BY asking_id, replies.message_id"
)


async def _kept(chat):
    who = chat.box.roster.person(chat.who).id
    rows = [await chat.rows(sql, who) for sql in (_CARDS, _LOG, _ASKED, _TYPED)]
    return [[{k: v for k, v in row.items() if k != "learner_id"} for row in each] for each in rows]


async def _all_rows(chat):
    tables = ("askings", "cards", "reviews", "drills", "replies", "kept_days")
    return [await chat.rows(f"SELECT * FROM {table}") for table in tables]


async def _streak(chat):
    who = chat.box.roster.person(chat.who).id
    async with chat.running.coach._db.transaction() as tx:
        learner = await learners.get(tx, who)
        days, kept = await asked_days.rated_days(tx, who), await kept_days.of_learner(tx, who)
    return reckon(days, learner.today(chat.clock.now()), kept)


async def _some_days(chat):
    """A few days of learning: typed, drilled, skipped, undone."""
    await chat.starts(zone="Asia/Tokyo", hour="08:00")
    await chat.answers("Got it", text="it is a ratio, if a<b")
    await chat.says("/topic metrics")
    await chat.answers("Missed")
    await chat.taps("Skip")
    await chat.waits(until="08:00 tomorrow")
    await chat.answers("Easy")
    await chat.taps("Undo")
    await chat.taps("Partly")
    await chat.waits(until="08:00 tomorrow")
    await chat.taps("Show answer")
    await chat.taps("1 ☐")
    await chat.taps("Got it")


async def _begins_anew(chat):
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.says("/start")


async def _imports(chat, content, button="Import"):
    await chat.says("/import")
    await sends_file(chat, content)
    await chat.taps(button)


async def test_export_forget_start_import_brings_everything_back(chat):
    await _some_days(chat)
    content = await export_of(chat)
    before, streak_before = await _kept(chat), await _streak(chat)
    assert len(before[1]) >= 5
    await _begins_anew(chat)

    await _imports(chat, content)

    assert "Imported" in chat.last.text
    assert await _kept(chat) == before
    assert await _streak(chat) == streak_before
    (learner,) = await chat.rows("SELECT * FROM learners")
    assert (learner["zone"], learner["daily_time"], learner["setup_step"]) == ("Asia/Tokyo", "08:00", None)


async def test_the_first_conversation_may_be_over_before_an_import(chat):
    await _some_days(chat)
    content = await export_of(chat)
    cards, log, asked, typed = await _kept(chat)
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.starts(zone="Asia/Tokyo", hour="08:00")

    await _imports(chat, content)

    after = await _kept(chat)
    assert after[:2] == [cards, log]
    assert after[3] == typed
    assert len(after[2]) == len(asked) + 1  # the question that /start put
    assert len({row["slot"] for row in after[2] if row["study_day"] == "2026-03-04"} - {None}) == 1


async def test_the_next_daily_comes_once_and_at_the_imported_hour(chat):
    await _some_days(chat)
    content = await export_of(chat)
    await _begins_anew(chat)
    await _imports(chat, content)
    already = len(chat.questions)

    await chat.waits(until="07:59 tomorrow")
    assert len(chat.questions) == already
    await chat.waits(minutes=1)

    assert len(chat.questions) == already + 1


async def test_importing_the_same_file_twice_changes_nothing(chat):
    await _some_days(chat)
    content = await export_of(chat)
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.starts(zone="Asia/Tokyo", hour="08:00")
    await _imports(chat, content)
    before = await _all_rows(chat)

    await chat.says("/import")
    await sends_file(chat, content)

    assert "is here already" in chat.last.text
    assert chat.last.buttons == []
    assert await _all_rows(chat) == before


async def test_a_second_tap_on_import_changes_nothing(chat):
    await _some_days(chat)
    content = await export_of(chat)
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.starts()
    await chat.says("/import")
    await sends_file(chat, content)
    data = chat.last.data[0]
    await chat.taps("Import")
    before = await _all_rows(chat)

    await chat.presses(data)

    assert await _all_rows(chat) == before


async def test_the_learner_is_asked_first_and_told_what_is_in_the_file(chat):
    await _some_days(chat)
    content = await export_of(chat)
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.starts(zone="Europe/Berlin")
    before = await _all_rows(chat), await chat.rows("SELECT * FROM learners")

    await chat.says("/import")
    waiting = await chat.rows("SELECT * FROM learners")
    await sends_file(chat, content)

    assert "In the file: 2 cards, 4 ratings, since 2 March 2026." in chat.last.text
    assert "Not here yet: 2 cards, 4 ratings." in chat.last.text
    assert "Streak after it: 3 days." in chat.last.text
    assert "zone Asia/Tokyo, daily at 08:00" in chat.last.text
    assert chat.last.buttons == ["Import", "Leave it"]
    assert (await _all_rows(chat), await chat.rows("SELECT * FROM learners")) == (before[0], waiting)

    await chat.taps("Leave it")
    assert chat.last.text == "Nothing was changed."
    assert (await _all_rows(chat), await chat.rows("SELECT * FROM learners")) == before


async def test_ratings_given_since_the_export_stay(chat):
    await chat.starts()
    await chat.answers("Got it")
    content = await export_of(chat)
    (question,) = [row["question_id"] for row in await chat.rows("SELECT * FROM cards")]
    await chat.waits(days=8)
    await chat.says(f"/question {question}")
    await chat.answers("Easy")
    before = await _all_rows(chat)

    await chat.says("/import")
    await sends_file(chat, content)

    assert "is here already" in chat.last.text
    assert await _all_rows(chat) == before


async def test_a_question_rated_on_both_sides_is_reviewed_as_if_in_one_place(chat):
    await chat.starts()
    await chat.answers("Got it")
    (question,) = [row["question_id"] for row in await chat.rows("SELECT * FROM cards")]
    content = await export_of(chat)
    await chat.waits(days=3)
    await chat.says(f"/question {question}")
    await chat.answers("Partly")
    wanted = await chat.rows(_CARDS, 1001)
    assert wanted[0]["reviews"] == 2

    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.starts()
    await chat.says(f"/question {question}")
    await chat.answers("Partly")
    assert (await chat.rows(_CARDS + " LIMIT 1", 1001))[0]["reviews"] == 1
    await _imports(chat, content)

    cards = [row for row in await chat.rows(_CARDS, 1001) if row["question_id"] == question]
    assert cards == wanted


async def test_another_learner_gets_rows_of_their_own(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await _some_days(alice)
    content = await export_of(alice)
    of_alice = await _kept(alice)
    await bob.says("/start")

    await _imports(bob, content)

    assert await _kept(bob) == await _kept(alice) == of_alice
    assert {row["id"] for row in await alice.rows("SELECT id FROM learners")} == {1001, 1002}
    # what was typed there never makes a message of this chat its own
    assert all(
        row["message_id"] < 0
        for row in await bob.rows(
            "SELECT replies.message_id FROM replies JOIN askings ON askings.id = asking_id WHERE learner_id = 1002"
        )
    )


async def test_what_is_imported_can_be_exported_again(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await _some_days(alice)
    first = await document_of(alice)
    await bob.says("/start")
    await _imports(bob, json.dumps(first).encode())

    second = await document_of(bob)

    assert _without_ids(second) == _without_ids(first)


def _without_ids(document):
    order = {asking["id"]: number for number, asking in enumerate(document["askings"])}
    drills = {drill["id"]: number for number, drill in enumerate(document["drills"])}
    for asking in document["askings"]:
        asking["id"], asking["drill_id"] = order[asking["id"]], drills.get(asking["drill_id"])
    for drill in document["drills"]:
        drill["id"] = drills[drill["id"]]
    for review in document["reviews"]:
        review["asking_id"] = order[review["asking_id"]]
    for name in ("id", "language", "last_reminder_on"):
        del document["learner"][name]
    return document


async def test_an_imported_question_that_is_open_can_be_answered(chat):
    await chat.starts()
    content = await export_of(chat)
    await _begins_anew(chat)
    await _imports(chat, content)

    await chat.says("/today")
    await chat.answers("Got it", text="my answer")

    assert len(await chat.rows("SELECT * FROM askings")) == 1
    assert len(await chat.rows("SELECT * FROM cards")) == 1


async def test_an_older_snapshot_is_caught_up_by_a_newer_export(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await alice.taps("Show answer")
    older = await export_of(alice)
    await alice.taps("Got it")
    newer = await export_of(alice)
    await bob.says("/start")

    await _imports(bob, older)
    await _imports(bob, newer)

    assert await _kept(bob) == await _kept(alice)
    assert len((await _kept(bob))[0]) == 1


async def test_an_undo_since_the_older_export_is_carried_over(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await alice.answers()
    older = await export_of(alice)
    await alice.taps("Undo")
    newer = await export_of(alice)
    await bob.says("/start")

    await _imports(bob, older)
    assert len((await _kept(bob))[0]) == 1
    await _imports(bob, newer)

    assert await _kept(bob) == await _kept(alice)
    assert (await _kept(bob))[0] == []


async def test_an_older_export_takes_no_undo_back(chat):
    await chat.starts()
    await chat.answers()
    older = await export_of(chat)
    await chat.taps("Undo", on=chat.with_button("Undo").id)
    before = await _all_rows(chat)

    await chat.says("/import")
    await sends_file(chat, older)

    assert "is here already" in chat.last.text
    assert await _all_rows(chat) == before


def _changed(content, change):
    document = json.loads(content)
    change(document)
    return json.dumps(document).encode()


def _at(path, value):
    def change(document):
        *way, last = path
        for step in way:
            document = document[step]
        document[last] = value

    return change


DAMAGE = [
    (("version",), "1"),
    (("version",), None),
    (("version",), 0),
    (("askings",), {}),
    (("askings", 0), 7),
    (("askings", 0, "question_id"), "../../etc/passwd"),
    (("askings", 0, "asked_at"), "2026-03-02T12:00:00"),
    (("askings", 0, "asked_at"), "2999-03-02T12:00:00Z"),
    (("askings", 0, "study_day"), "2026-02-30"),
    (("askings", 0, "purpose"), "prank"),
    (("askings", 0, "rating"), 9),
    (("askings", 0, "rating"), None),
    (("askings", 0, "rating"), True),
    (("askings", 0, "hints"), -1),
    (("askings", 0, "drill_id"), 99),
    (("askings", 0, "ticked"), [10**9]),
    (("askings", 0, "judged"), [["covered", "x"]]),
    (("askings", 0, "replies"), "words"),
    (("askings", 0, "replies"), [7]),
    (("askings", 0, "replies"), [{"text": 1, "received_at": "2026-03-02T12:00:00Z"}]),
    (("askings", 0, "id"), 2**70),
    (("cards",), []),
    (("cards", 0, "stability"), 0),
    (("cards", 0, "stability"), "3"),
    (("cards", 0, "due"), "9999-01-01"),
    (("reviews",), []),
    (("reviews", 0, "asking_id"), 99),
    (("reviews", 0, "card_before"), {"stability": 1}),
    (("learner",), []),
    (("learner", "zone"), "Mars/Olympus"),
    (("learner", "zone"), "../../etc/passwd"),
    (("learner", "daily_time"), "25:00"),
    (("learner", "role"), "king"),
    (("learner", "last_daily_on"), "2999-01-01"),
    (("learner", "topics"), "metrics"),
    (("kept_days",), [{"study_day": "2026-03-01", "because": "lazy"}]),
]  # fmt: skip


@pytest.mark.parametrize(
    "path, value",
    [(("askings", 0, "asked_at"), "2026-05-02T12:00:00Z"), (("cards", 0, "reviewed_on"), "2026-05-02")],
)
async def test_a_clock_that_is_ahead_is_named_and_nothing_is_changed(chat, path, value):
    await chat.starts()
    await chat.answers()
    content = _changed(await export_of(chat), _at(path, value))
    await chat.says("/import")
    before = await _all_rows(chat)

    await sends_file(chat, content)

    assert "made by a clock that is ahead of mine, so nothing was changed" in chat.last.text
    assert "damaged" not in chat.last.text
    assert await _all_rows(chat) == before


async def test_a_damaged_file_gets_one_sentence_and_changes_nothing(chat):
    await chat.starts()
    await chat.answers()
    whole = await export_of(chat)
    await chat.says("/import")
    before = await _all_rows(chat), await chat.rows("SELECT * FROM learners")

    for path, value in DAMAGE:
        said = chat.last.id
        await sends_file(chat, _changed(whole, _at(path, value)))

        assert chat.last.id > said, path
        assert "damaged" in chat.last.text, (path, value)
        assert "send it just as /export gave it to you" in chat.last.text
        assert chat.last.buttons == []
        assert (await _all_rows(chat), await chat.rows("SELECT * FROM learners")) == before, (path, value)


OTHERS = (
    b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"format": "other"}', b"reviewed_at,study_day\n",
    b'{"format": "ml-interview-coach export", "version": NaN}',
)  # fmt: skip


async def test_any_other_file_is_recognised_as_none_of_ours(chat):
    await chat.starts()
    await chat.says("/import")

    for content in OTHERS:
        said = chat.last.id
        await sends_file(chat, content)

        assert chat.last.id > said, content[:80]
        assert "is no export of mine" in chat.last.text, content[:80]
        assert "send the .json file that /export gave you" in chat.last.text


async def test_a_newer_versions_file_says_who_can_help(chat):
    await chat.starts()
    content = _changed(await export_of(chat), _at(("version",), 2))
    await chat.says("/import")
    await sends_file(chat, content)

    assert "newer version of me" in chat.last.text


async def test_fields_that_this_version_does_not_know_are_passed_over(chat):
    await chat.starts()
    await chat.answers()
    content = _changed(await export_of(chat), _at(("cards", 0, "colour"), "blue"))
    await chat.says("/import")
    await sends_file(chat, content)

    assert "is here already" in chat.last.text


async def test_a_huge_file_is_not_even_fetched(chat):
    await chat.starts()
    await chat.says("/import")
    requests = chat.running._wire.sent
    await sends_file(chat, b" " * (MOST_BYTES + 1))

    assert "larger than 10 MB" in chat.last.text
    assert chat.running._wire.sent == requests + 1  # the refusal alone


async def test_a_wrong_file_may_be_followed_by_the_right_one(chat):
    await chat.starts()
    await chat.answers()
    content = await export_of(chat)
    await chat.says("/import")
    await sends_file(chat, b"nonsense")
    await sends_file(chat, content)

    assert "is here already" in chat.last.text


async def test_a_file_nobody_asked_for_gets_the_usual_line(chat):
    await chat.starts()
    await chat.answers()
    content = await export_of(chat)
    await sends_file(chat, content)
    assert "no question open" in chat.last.text

    await chat.says("/import")
    await chat.waits(minutes=11)
    await sends_file(chat, content)
    assert "no question open" in chat.last.text


async def test_a_file_that_was_deleted_before_the_tap_is_asked_for_again(chat):
    await _some_days(chat)
    content = await export_of(chat)
    await chat.says("/forget")
    await chat.taps("Delete everything")
    await chat.starts()
    await chat.says("/import")
    await sends_file(chat, content)
    before = await _all_rows(chat)
    chat.box.delete("alice", "alice", chat.last.reply_to)

    said = await chat.taps("Import")

    assert said is not None
    assert "send it once more" in said
    assert await _all_rows(chat) == before


async def test_the_city_asked_for_before_an_import_is_still_taken_after_leaving_it(chat):
    await _some_days(chat)
    content = await export_of(chat)
    await _begins_anew(chat)
    await _imports(chat, content, "Leave it")

    await chat.says("Paris")

    assert (await chat.rows("SELECT zone FROM learners"))[0]["zone"] == "Europe/Paris"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("request_number", range(5))
async def test_killed_at_any_request_an_import_still_happens_once(chat, running, request_number, after):
    await _some_days(chat)
    content = await export_of(chat)
    wanted = await _kept(chat)
    await _begins_anew(chat)
    await chat.says("/import")
    await sends_file(chat, content)

    await running.dies_at(request_number, after=after)
    chat.box.tap("alice", "alice", chat.last.id, "Import")
    assert await running.dead_or_quiet()
    await running.stop()
    await running.start()
    await running.quiet()

    assert await _kept(chat) == wanted
    assert "Imported" in chat.last.text


async def test_new_settings_are_named_and_taken_over(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    for picker, button in {"Streak goal": "14 days", "Recall": "95 %", "Reminder": "No reminders"}.items():
        await alice.says("/settings")
        await alice.taps(picker)
        await alice.taps(button)
    content = await export_of(alice)
    await bob.starts()
    await bob.says("/import")
    await sends_file(bob, content)
    assert "no reminders, streak goal 14 days, recall 95 %" in bob.last.text
    await bob.taps("Import")

    [kept] = await bob.rows(
        "SELECT reminders, streak_goal, retention, next_reminder_at FROM learners WHERE id = 1002"
    )
    assert kept == {"reminders": 0, "streak_goal": 14, "retention": 95, "next_reminder_at": None}


async def test_the_preview_names_days_as_they_are_named_elsewhere(chat):
    await chat.starts()
    content = await export_of(chat)
    document = json.loads(content)
    document["learner"] |= {"interview_on": "2026-12-20", "paused_until": "2027-01-02"}
    await chat.says("/import")
    await sends_file(chat, json.dumps(document).encode())

    assert "interview on 20 December." in chat.last.text
    assert "paused until 2 January 2027" in chat.last.text
