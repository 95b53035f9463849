"""The first conversation."""

import pytest


async def test_start_says_what_this_is_and_asks_where_one_is(chat):
    await chat.says("/start")

    assert "interview question a day" in chat.last.text
    assert "Where are you?" in chat.last.text
    assert "Skip" in chat.last.buttons


async def test_four_taps_lead_to_the_first_question(chat):
    await chat.says("/start")
    for _ in range(4):
        await chat.taps("Skip")

    assert chat.last.buttons == ["Show answer", "Hint", "Skip", "⋯"]
    assert [message.text.count("What is") for message in chat.from_bot] == [0, 1]


async def test_what_is_skipped_is_usual_and_said(chat):
    await chat.starts()

    said = chat.from_bot[0].text
    assert "UTC (12:00 now, my guess)" in said
    assert "Daily at: 09:00" in said
    assert "For: Everything" in said
    assert "Level: middle" in said


async def test_the_zone_is_guessed_from_a_language_spoken_in_one(chat_of):
    carol = chat_of("carol")
    carol.box.roster.person("carol").language = "ja"
    await carol.starts()

    assert "Asia/Tokyo (21:00 now, my guess)" in carol.from_bot[0].text


async def test_each_choice_counts_from_its_tap(chat):
    await chat.says("/start")
    await chat.says("Lisbon")
    await chat.taps("18:00")
    await chat.taps("ML engineer")
    await chat.taps("Senior")

    said = chat.from_bot[-2].text
    assert "Europe/Lisbon" in said
    assert "Daily at: 18:00" in said
    assert "For: ML engineer" in said
    assert "Level: senior" in said


async def test_a_city_with_a_typo_is_understood(chat):
    await chat.says("/start")
    await chat.says("munchen")

    assert "When shall I ask?" in chat.last.text
    [learner] = await chat.rows("SELECT zone FROM learners")
    assert learner["zone"] == "Europe/Berlin"


async def test_a_city_that_exists_twice_is_asked_for(chat):
    await chat.says("/start")
    await chat.says("Springfeild")

    assert chat.last.text == "Which one is it?"
    await chat.taps(chat.last.buttons[0])
    assert "When shall I ask?" in chat.last.text


async def test_a_place_nobody_knows_is_refused_with_what_to_do(chat):
    await chat.says("/start")
    await chat.says("qqqxxyy")

    assert "Type the nearest large city" in chat.last.text
    await chat.says("Oslo")
    assert "When shall I ask?" in chat.last.text


async def test_a_shared_location_gives_the_zone_and_is_not_kept(chat):
    await chat.says("/start")
    await chat.taps("Share location")
    assert chat.last.keyboard

    await chat.sends("location", latitude=48.85, longitude=2.35)

    assert "Paris" in chat.from_bot[-2].text
    assert "When shall I ask?" in chat.last.text
    [learner] = await chat.rows("SELECT * FROM learners")
    assert learner["zone"] == "Europe/Paris"
    assert not any(isinstance(value, float) for value in learner.values())


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("7", "07:00"),
        ("18:45", "18:45"),
        ("8.30", "08:30"),
        ("7 pm", "19:00"),
        ("12am", "00:00"),
        ("03:15", "03:15"),
    ],
)
async def test_an_hour_may_be_typed(chat, typed, kept):
    await chat.says("/start")
    await chat.taps("Skip")
    await chat.says(typed)

    [learner] = await chat.rows("SELECT daily_time FROM learners")
    assert learner["daily_time"] == kept


@pytest.mark.parametrize("typed", ["25:00", "noon", "13 pm", "8:75"])
async def test_an_hour_that_is_none_is_refused_with_what_to_do(chat, typed):
    await chat.says("/start")
    await chat.taps("Skip")
    await chat.says(typed)

    assert "Type it like" in chat.last.text


async def test_topics_can_be_chosen_instead_of_a_role(chat):
    await chat.says("/start")
    await chat.taps("Skip")
    await chat.taps("Skip")
    await chat.taps("Choose topics")
    await chat.taps("Statistics")
    await chat.taps("Metrics")
    await chat.taps("☑ Statistics")
    await chat.taps("Done")
    await chat.taps("Skip")

    assert "For: 1 chosen topic" in chat.from_bot[0].text
    assert "What is metrics" in chat.last.text


async def test_the_first_question_is_that_study_days_daily(chat):
    await chat.starts(zone="Europe/Berlin", hour="18:00")  # it is 13:00 there

    await chat.waits(until="23:59")
    assert not chat.new_messages

    await chat.waits(until="18:00 tomorrow")
    assert len(chat.questions) == 2


async def test_start_again_resets_nothing(chat):
    await chat.starts(zone="Asia/Tokyo", hour="07:30")
    await chat.answers()
    before = await chat.rows("SELECT * FROM learners"), await chat.rows("SELECT * FROM cards")

    await chat.says("/start")

    assert "Asia/Tokyo" in chat.last.text
    assert (await chat.rows("SELECT * FROM learners"), await chat.rows("SELECT * FROM cards")) == before


async def test_whoever_leaves_in_the_middle_still_gets_a_daily(chat):
    await chat.says("/start")
    await chat.says("Europe/Berlin")

    await chat.waits(days=1)

    assert len(chat.questions) == 1


async def test_nobody_is_signed_up_by_a_stray_word(chat):
    await chat.says("hello?")
    assert "/start begins" in chat.last.text

    await chat.says("/topic metrics")
    assert "/start begins" in chat.last.text

    await chat.says("/help")
    assert "/topic" in chat.last.text
    assert await chat.rows("SELECT * FROM learners") == []


@pytest.mark.parametrize("typed", ["hello", "Atlantis", "Cambridg", "Valencia", "Springfield"])
async def test_a_place_that_may_be_another_is_asked_for(chat, typed):
    await chat.says("/start")
    await chat.says(typed)

    assert "When shall I ask?" not in chat.last.text
    assert any(
        words in chat.last.text
        for words in ("Which one is it?", "Is it this one?", "I don’t know that place")
    )


@pytest.mark.parametrize(
    "typed, zone",
    [
        ("London", "Europe/London"),
        ("Valencia, Spain", "Europe/Madrid"),
        ("münchen", "Europe/Berlin"),
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("UTC+2", "UTC+2"),
        ("東京", "Asia/Tokyo"),
    ],
)
async def test_a_place_that_is_certain_is_taken_and_said(chat, typed, zone):
    await chat.says("/start")
    await chat.says(typed)

    assert "When shall I ask?" in chat.last.text
    assert f"Your zone is {zone}: your clock shows" in chat.last.text


async def test_a_text_in_the_middle_is_for_the_step_that_is_open(chat):
    await chat.says("/start")
    await chat.waits(minutes=30)
    await chat.says("Lisbon")
    await chat.waits(minutes=30)
    await chat.says("18:45")
    assert "Which work do you prepare for?" in chat.last.text

    await chat.says("hm, what is that?")
    assert "Tap one of the roles above" in chat.last.text
    await chat.says("data scientist")
    assert "At which level?" in chat.last.text
    await chat.says("Senior")
    assert chat.last.buttons[0] == "Show answer"
    [learner] = await chat.rows("SELECT role, level FROM learners")
    assert learner == {"role": "data-scientist", "level": "senior"}


async def test_the_button_for_the_location_goes_when_a_city_is_typed_instead(chat):
    await chat.says("/start")
    await chat.taps("Share location")
    await chat.says("Lisbon")

    posts = chat.box.posts.of(chat.box.roster.chat("alice"))
    removed = [message for message in posts if (message.keyboard or {}).get("remove_keyboard")]
    assert len(removed) == 1
    assert "When shall I ask?" in chat.last.text
