"""/settings and /help."""

from handlers import FEATURES


async def test_settings_are_one_message_edited_in_place(chat):
    await chat.starts()
    await chat.says("/settings")
    settings = chat.last.id
    await chat.taps("Hour")
    await chat.taps("18:00")

    assert chat.last.id == settings
    assert "Daily at: 18:00" in chat.last.text

    await chat.taps("Level")
    await chat.taps("Junior")
    assert "Level: junior" in chat.last.text

    await chat.taps("Role")
    await chat.taps("Analyst")
    assert "For: Analyst" in chat.last.text

    await chat.taps("Done")
    assert chat.last.id == settings
    assert chat.last.buttons == []


async def test_a_new_zone_moves_the_daily(chat):
    await chat.starts(zone="Europe/Berlin", hour="09:00")
    await chat.says("/settings")
    await chat.taps("Zone")
    await chat.says("Tokyo")
    assert "Asia/Tokyo" in chat.last.text

    await chat.waits(until="2026-03-03 00:59")  # 08:59 there, still told on Berlin's clock
    assert not chat.new_messages
    await chat.waits(minutes=1)
    assert len(chat.questions) == 2


async def test_a_picker_can_be_left_without_a_choice(chat):
    await chat.starts()
    await chat.says("/settings")
    before = chat.last.text
    await chat.taps("Zone")
    await chat.taps("Done")

    assert chat.last.text == before


async def test_what_is_typed_after_a_picker_was_left_is_an_answer(chat):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps("Zone")
    await chat.taps("Done")
    await chat.says("Paris")

    assert "Not my answer" in chat.last.buttons


async def test_a_question_asked_for_later_owns_what_is_typed(chat):
    await chat.starts()
    await chat.says("/settings")
    await chat.taps("Zone")
    await chat.says("/today")
    await chat.says("Paris")

    assert "Not my answer" in chat.last.buttons


async def test_help_lists_every_command(chat):
    await chat.starts()
    await chat.says("/help")

    for called in (called for feature in FEATURES for called in feature.commands):
        assert f"/{called.name} – {called.description}" in chat.last.text
    assert (
        chat.last.html.index("/topic") < chat.last.html.index("expandable") < chat.last.html.index("/export")
    )


async def test_the_command_menu_is_the_same_list(chat):
    await chat.says("/start")

    menu = [(each["command"], each["description"]) for each in chat.box.commands()]

    assert menu == [
        (called.name, called.description)
        for feature in FEATURES
        if not feature.for_operators
        for called in feature.commands
    ]
