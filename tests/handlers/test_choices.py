"""Everything /settings can change, by a tap and typed; and old buttons of the first conversation."""

import pytest

from handlers.choosing.presses import OpenPicker, PickLevel, PickRole, SkipStep, ToggleTopic, Where
from handlers.kit.press import Slug
from interview.learner import SetupStep
from interview.question import Level
from interview.roles import Role
from tests.run_again import run_the_last_update_again


@pytest.mark.parametrize(
    "picker, button, said",
    [
        ("Reminder", "18:00", "Reminder: 18:00, when your streak is at risk"),
        ("Reminder", "No reminders", "Reminder: off"),
        ("Streak goal", "14 days", "Streak goal: 14 days"),
        ("Recall", "95 %", "Recall: 95 %"),
        ("Interview date", "4 weeks", "Interview: 30 March (in 28 days)"),
        ("Questions a day", "3", "09:00, 3 questions"),
    ],
)
async def test_a_tap_sets_it_in_the_same_message_and_twice_is_once(running, chat, picker, button, said):
    await chat.starts()
    await chat.says("/settings")
    settings = chat.last.id
    await chat.taps(picker)
    await chat.taps(button)
    assert chat.last.id == settings
    assert said in chat.last.text
    before = await chat.rows("SELECT * FROM learners")

    await run_the_last_update_again(running)

    assert await chat.rows("SELECT * FROM learners") == before
    assert said in chat.last.text


@pytest.mark.parametrize(
    "picker, typed, said",
    [
        ("Role", "ml engineer", "For: ML engineer"),
        ("Level", "Senior", "Level: senior"),
        ("Questions a day", "4 questions", "09:00, 4 questions"),
        ("Rest days", "Saturday, Sun", "not on Sat, Sun"),
        ("Rest days", "weekends", "not on Sat, Sun"),
        ("Rest days", "mon and wed", "not on Mon, Wed"),
        ("Reminder", "7:30 pm", "Reminder: 19:30,"),
        ("Reminder", "off", "Reminder: off"),
        ("Streak goal", "30 days", "Streak goal: 30 days"),
        ("Streak goal", "none", "Streak goal: none"),
        ("Recall", "85%", "Recall: 85 %"),
        ("Interview date", "14 Feb", "Interview: 14 February 2027 (in 349 days)"),
        ("Interview date", "in 3 weeks", "Interview: 23 March (in 21 days)"),
        ("Interview date", "none", "Interview: no date"),
    ],
)
async def test_it_may_be_typed_as_well(chat, picker, typed, said):
    await chat.starts()
    await chat.says("/settings")
    settings = chat.last.id
    await chat.taps(picker)
    await chat.says(typed)

    assert said in chat.last.text
    assert chat.last.text.startswith("Settings")
    assert chat.last.id == settings


@pytest.mark.parametrize(
    "picker, typed, told",
    [
        ("Questions a day", "eleven", "number from 1 to 10"),
        ("Questions a day", "11", "one to 10 questions"),
        ("Rest days", "sometimes", "Sat Sun"),
        ("Rest days", "mon tue wed thu fri sat sun", "One day a week"),
        ("Reminder", "23:00", "from 08:00 to 21:59"),
        ("Reminder", "10:30", "two hours of your daily at 09:00"),
        ("Reminder", "later", "Type it like"),
        ("Streak goal", "8", "7, 14, 30 or none"),
        ("Recall", "99", "85, 90 or 95"),
        ("Interview date", "yesterday", "14 Feb"),
        ("Interview date", "2026-03-02", "from tomorrow on"),
        ("Interview date", "2030-01-01", "at most two years"),
        ("Role", "king", "Data scientist"),
        ("Level", "expert", "junior, middle or senior"),
    ],
)
async def test_what_cannot_be_set_is_refused_with_what_to_do(chat, picker, typed, told):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps(picker)
    before = await chat.rows("SELECT * FROM learners")
    await chat.says(typed)

    assert told in chat.last.text
    assert await chat.rows("SELECT * FROM learners") == before


@pytest.mark.parametrize("picker", ["Zone", "Hour", "Role", "Level", "Reminder", "Interview date"])
async def test_an_answer_typed_into_a_picker_is_told_how_to_be_one(chat, picker):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps(picker)
    await chat.says("Because xyzzy makes the variance smaller")

    assert "To answer a question instead, reply to it." in chat.last.text


async def test_a_city_that_can_be_several_is_asked_in_the_settings_message(chat):
    await chat.starts()
    await chat.says("/settings")
    settings = chat.last.id
    await chat.taps("Zone")
    await chat.says("Springfield")
    assert chat.last.id == settings
    assert "Which one is it?" in chat.last.text
    await chat.taps("Springfield near Boston")

    assert chat.last.id == settings
    assert chat.last.text.startswith("Settings")


async def test_a_picker_of_the_settings_leaves_the_first_conversation_where_it_is(chat):
    await chat.says("/start")
    first = chat.last.id
    await chat.says("/settings")
    await chat.taps("Hour")
    await chat.says("18:45")
    assert "Daily at: 18:45" in chat.last.text
    await chat.taps("Zone")
    await chat.says("Tokyo")
    assert chat.last.text.startswith("Settings")

    [learner] = await chat.rows("SELECT setup_step, setup_message_id, zone, daily_time FROM learners")
    assert learner == {
        "setup_step": "zone",
        "setup_message_id": first,
        "zone": "Asia/Tokyo",
        "daily_time": "18:45",
    }
    await chat.says("Lisbon")  # the settings are done with: this is for the first conversation again
    assert "When shall I ask?" in chat.last.text


async def test_a_shared_location_that_moves_the_zone_can_be_taken_back(chat):
    await chat.starts(zone="Asia/Tokyo", hour="09:00")
    await chat.says("/settings")
    settings = chat.last.id
    await chat.taps("Zone")
    await chat.taps("Share location")
    await chat.sends("location", latitude=48.85, longitude=2.35)
    assert "Europe/Paris" in chat.message(settings).text
    await chat.taps("Back to Asia/Tokyo")

    assert "Asia/Tokyo" in chat.message(settings).text
    assert "Back to Asia/Tokyo" not in chat.message(settings).buttons


@pytest.mark.parametrize(
    "data", ["remindat.1:1439", "remindat.1:-1", "aim.1:8", "recall.1:50", "interview.1:5"]
)
async def test_made_up_settings_change_nothing(chat, data):
    await chat.starts()
    before = await chat.rows("SELECT * FROM learners")
    await chat.presses(data)

    assert await chat.rows("SELECT * FROM learners") == before


async def test_only_hours_at_which_a_reminder_can_come_are_offered(chat):
    await chat.starts(hour="19:00")
    await chat.says("/settings")
    assert "20:00, but none comes within two hours of the daily" in chat.last.text
    await chat.taps("Reminder")

    assert chat.last.buttons == ["08:00", "12:00", "16:00", "No reminders", "Done"]


async def test_a_time_turns_reminders_on_again(chat):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps("Reminder")
    await chat.taps("No reminders")
    await chat.taps("Reminder")
    assert "Remind me" in chat.last.buttons
    await chat.says("18:00")

    [learner] = await chat.rows("SELECT reminders, reminder_time FROM learners")
    assert learner == {"reminders": 1, "reminder_time": "18:00"}


async def test_no_question_is_put_off_beyond_the_interview(chat):
    await chat.starts()
    await chat.answers("Easy")
    [card] = await chat.rows("SELECT due FROM cards")
    assert card["due"] > "2026-03-06"
    await chat.says("/settings")
    await chat.taps("Interview date")
    await chat.says("6 March")

    [card] = await chat.rows("SELECT due FROM cards")
    assert card["due"] <= "2026-03-06"
    await chat.says("/topic metrics")
    await chat.taps("Show answer")
    assert "Easy · 4 d" in chat.last.buttons


async def test_an_interview_that_is_over_holds_nothing_back(chat):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps("Interview date")
    await chat.says("3 March")
    assert "Interview: 3 March (tomorrow)" in chat.last.text
    await chat.waits(days=2)
    await chat.says("/settings")

    assert "Interview: was on 3 March" in chat.last.text


async def test_the_recall_wanted_moves_what_the_buttons_promise(chat):
    await chat.starts()
    await chat.taps("Show answer")
    usual = chat.last.buttons
    await chat.says("/settings")
    await chat.taps("Recall")
    await chat.taps("95 %")
    await chat.says("/today")

    assert _days(usual) > _days(chat.with_button("Easy").buttons)


def _days(buttons):
    """How many days Easy promises."""
    [label] = [button for button in buttons if button.startswith("Easy")]
    return int(label.split()[2])


async def test_a_break_can_be_taken_from_the_settings_and_left_without_one(chat):
    await chat.starts()
    await chat.says("/settings")
    settings = chat.last
    await chat.taps("Pause")
    assert chat.last.id == settings.id
    await chat.taps("Done")
    assert (chat.last.id, chat.last.text) == (settings.id, settings.text)

    await chat.taps("Pause")
    await chat.taps("3 days")
    assert "silent until Thursday, 5 March" in chat.last.text


@pytest.mark.parametrize(
    "press",
    [
        PickRole(Where.START, Role.ANALYST),
        PickLevel(Where.START, Level.JUNIOR),
        ToggleTopic(Where.START, Slug("metrics"), 1),
        OpenPicker(Where.START, SetupStep.ROLE),
        SkipStep(SetupStep.ZONE),
    ],
    ids=lambda press: press.name,
)
async def test_an_old_button_of_the_first_conversation_brings_the_settings_and_changes_nothing(chat, press):
    await chat.starts()
    before = await chat.rows("SELECT * FROM learners")
    asked = await chat.rows("SELECT id FROM askings")

    await chat.presses(press.pack())

    assert chat.last.text.startswith("Settings")
    assert "Streak goal" in chat.last.buttons
    assert await chat.rows("SELECT * FROM learners") == before
    assert await chat.rows("SELECT id FROM askings") == asked


async def test_the_last_tap_of_the_first_conversation_may_run_twice(running, chat):
    await chat.starts()
    before = [(message.id, message.html) for message in chat.from_bot]

    await run_the_last_update_again(running)

    assert [(message.id, message.html) for message in chat.from_bot] == before


async def test_places_that_look_alike_are_told_apart(chat):
    await chat.says("/start")
    await chat.says("Springfield")

    assert len(chat.last.buttons) == len({button.rsplit(" ", 1)[0] for button in chat.last.buttons}) > 1
    assert any(button.startswith("Springfield near ") for button in chat.last.buttons)


async def test_a_zone_that_is_gone_is_told_and_can_be_chosen_anew(running, chat):
    await chat.starts(zone="Europe/Berlin", hour="09:00")
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE learners SET zone = 'Mars/Olympus'")

    await chat.waits(until="23:00 tomorrow")
    assert len(chat.questions) == 2  # by UTC meanwhile
    await chat.says("/settings")
    assert "Zone: Mars/Olympus" in chat.last.text
    assert "choose anew" in chat.last.text
    await chat.taps("Zone")
    await chat.says("Tokyo")

    assert "Zone: Asia/Tokyo (" in chat.last.text
    [learner] = await chat.rows("SELECT zone FROM learners")
    assert learner["zone"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    "picker, button", [("Role", "Data scientist"), ("Level", "Senior"), ("Questions a day", "3")]
)
async def test_the_present_choice_is_marked(chat, picker, button):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps(picker)
    assert len([label for label in chat.last.buttons if label.startswith("✓")]) == 1
    await chat.taps(button)
    await chat.taps(picker)

    assert [label for label in chat.last.buttons if label.startswith("✓")] == [f"✓ {button}"]


async def test_chosen_topics_are_marked_instead_of_a_role(chat):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps("Role")
    await chat.taps("Choose topics")
    await chat.taps("☐ Metrics")
    await chat.taps("Done")
    await chat.taps("Role")

    assert [label for label in chat.last.buttons if label.startswith("✓")] == ["✓ Choose topics"]


async def test_in_the_first_conversation_nothing_is_marked(chat):
    await chat.says("/start")
    await chat.taps("Skip")
    await chat.taps("Skip")

    assert "Which work" in chat.last.text
    assert not [label for label in chat.last.buttons if "✓" in label]
