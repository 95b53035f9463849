"""The group around the quiz: added, welcomed, promoted, removed, moved; its settings."""

import pytest

from playground import membership, opening
from tests.fake_chat import FakeChat
from tests.fake_group import BOT, FakeGroup


@pytest.fixture
async def group(running):
    return await FakeGroup.opens(running, "Night owls")


async def test_one_welcome_says_what_it_can_do_and_how_to_begin(group):
    assert len(group.from_bot) == 1
    for said in ("/quiz", "/board", "/quizdaily 18:00", "/quizsettings", "no admin rights"):
        assert said in group.last.text


async def test_the_zone_is_that_of_whoever_brought_the_bot(running):
    await FakeChat(running, "alice").starts(zone="Asia/Tokyo")

    group = await FakeGroup.opens(running, "Night owls")

    assert "Asia/Tokyo" in group.last.text
    [row] = await group.rows("SELECT * FROM groups")
    assert (row["zone"], row["zone_chosen"]) == ("Asia/Tokyo", 0)


async def test_a_group_is_welcomed_once_whatever_happens_twice(running, group):
    [added] = [number for number, raw in running.payloads.items() if "my_chat_member" in raw]
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "UPDATE inbox SET done_at = NULL, payload = ? WHERE update_id = ?",
            (running.payloads[added], added),
        )
    await running.stop()
    await running.start()
    await running.quiet()
    assert len(group.from_bot) == 1

    await group.does(membership.promote, "alice", group.name, BOT)
    await group.does(membership.demote, "alice", group.name, BOT)

    assert len(group.from_bot) == 1


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("request_number", [0, 1])
async def test_dying_while_it_welcomes_costs_a_copy_at_most(running, request_number, after):
    await running.coach.introduced.wait()
    await running.dies_at(request_number, after=after)
    membership.create(running.box, "Night owls", ["alice", BOT])
    await running.dead_or_quiet()
    await running.stop()
    await running.start()
    await running.quiet()
    group = FakeGroup(running, "night-owls")

    copies = 2 if request_number == 1 and after else 1
    assert [message.text[:6] for message in group.from_bot] == ["Hello!"] * copies
    assert [row["welcomed_at"] is None for row in await group.rows("SELECT * FROM groups")] == [False]


async def test_promotion_is_noted_without_a_word(group):
    await group.does(membership.promote, "alice", group.name, BOT)

    assert not group.new_messages
    assert [row["is_admin"] for row in await group.rows("SELECT is_admin FROM groups")] == [1]

    await group.does(membership.demote, "alice", group.name, BOT)
    assert [row["is_admin"] for row in await group.rows("SELECT is_admin FROM groups")] == [0]


async def test_where_members_may_not_send_polls_rights_are_worth_a_line(group):
    await group.does(membership.allow, "alice", group.name, {"can_send_polls": False})
    await group.does(membership.promote, "alice", group.name, BOT)
    assert "as an admin I can" in group.last.text

    await group.does(membership.demote, "alice", group.name, BOT)
    assert "make me an admin" in group.last.text


async def test_a_group_where_nobody_may_write_is_welcomed_once_it_lets_us(running):
    group = await FakeGroup.opens(running, "Night owls", with_bot=False)
    await group.does(membership.allow, "alice", group.name, {"can_send_messages": False})
    await group.does(membership.add, "alice", group.name, BOT)
    assert not group.from_bot

    await group.does(membership.promote, "alice", group.name, BOT)
    assert len(group.from_bot) == 1
    assert "/quiz" in group.last.text


async def test_removed_and_brought_back_everything_is_kept(group):
    await group.says("alice", "/quizsettings Lisbon")
    await group.says("alice", "/quizdaily 18:00")
    await group.does(membership.remove, "alice", group.name, BOT)
    [row] = await group.rows("SELECT * FROM groups")
    assert row["left_at"] is not None
    assert await group.rows("SELECT * FROM quiz_dailies WHERE next_at IS NOT NULL") == []

    await group.does(membership.add, "alice", group.name, BOT)

    assert "Back again" in group.last.text
    assert "18:00" in group.last.text
    [row] = await group.rows("SELECT * FROM groups")
    assert (row["zone"], row["left_at"]) == ("Europe/Lisbon", None)
    assert len(await group.rows("SELECT * FROM quiz_dailies WHERE next_at IS NOT NULL")) == 1


async def test_being_removed_ends_the_quiz_that_waits(group):
    await group.says("alice", "/quiz")
    await group.does(membership.remove, "alice", group.name, BOT)

    assert [(row["stage"], row["ended_because"]) for row in await group.rows("SELECT * FROM quizzes")] == [
        ("over", "removed")
    ]


async def test_a_group_that_becomes_a_supergroup_keeps_everything(group):
    await group.says("alice", "/quizsettings Lisbon")
    await group.says("alice", "/quizdaily 18:00")
    await group.says("bob", "/board alias Bobby")
    old_id = group.id

    await group.does(membership.migrate, group.name)

    assert group.id != old_id
    [row] = await group.rows("SELECT * FROM groups")
    assert (row["id"], row["zone"]) == (group.id, "Europe/Lisbon")
    for table in ("quiz_dailies", "players"):
        assert [each["group_id"] for each in await group.rows(f"SELECT * FROM {table}")] == [group.id]
    await group.says("alice", "/quizsettings")
    assert "Europe/Lisbon" in group.last.text


async def test_a_group_that_became_a_supergroup_as_it_took_us_in_is_welcomed_there_once(running):
    made = membership.create(running.box, "Night owls", ["alice", "bob", BOT])
    membership.migrate(running.box, made.name)
    await running.quiet()

    group = FakeGroup(running, made.name)
    assert len(group.from_bot) == 1
    assert "/quizdaily" in group.last.text
    [row] = await group.rows("SELECT * FROM groups")
    assert row["id"] == group.id
    assert row["welcomed_at"] is not None


async def test_what_was_said_where_the_group_no_longer_is_is_no_bug(running, group):
    running.box.say("alice", group.name, "/quizsettings")
    await group.does(membership.migrate, group.name)

    assert not await group.rows("SELECT * FROM inbox WHERE set_aside_at IS NOT NULL OR failures > 0")
    assert [row["id"] for row in await group.rows("SELECT id FROM groups")] == [group.id]
    before = len(group.from_bot)
    await group.says("alice", "/quizsettings")
    assert len(group.from_bot) == before + 1


async def test_heard_first_that_it_is_gone_from_the_old_place_it_plays_on_in_the_new(running, group):
    await group.says("alice", "/quizdaily 18:00")
    old = running.box.roster.chat(group.name)
    bot = running.box.bot.as_user()
    running.box.updates.add(
        "my_chat_member",
        {
            "chat": old.as_json(),
            "from": running.box.roster.person("alice").as_user(),
            "date": int(running.clock.now().timestamp()),
            "old_chat_member": {"status": "member", "user": bot},
            "new_chat_member": {"status": "left", "user": bot},
        },
    )
    await running.quiet()
    await group.does(membership.migrate, group.name)

    [daily] = await group.rows("SELECT * FROM quiz_dailies")
    assert (daily["group_id"], daily["next_at"] is None) == (group.id, False)
    assert [row["left_at"] for row in await group.rows("SELECT left_at FROM groups")] == [None]


async def test_the_groups_menu_has_its_own_commands(running, group):
    await running.stop()
    await running.start()
    await running.quiet()

    offered = [each["command"] for each in running.box.commands(group.name, "bob")]

    assert {"quiz", "board", "quizdaily", "quizsettings", "help", "stop"} <= set(offered)
    assert not {"start", "forget", "today", "admin"} & set(offered)


async def test_help_lists_what_works_in_groups(group):
    await group.says("bob", "/help")

    assert "/board" in group.last.text
    assert "/forget" not in group.last.text


async def test_start_by_a_link_says_nothing_the_welcome_has_not_said(group):
    await group.says("alice", f"/start@{group.box.bot.username} quiz")
    assert not group.new_messages

    await group.waits(minutes=5)
    await group.says("alice", f"/start@{group.box.bot.username}")
    assert "/board" in group.last.text


async def test_settings_stand_in_one_message_that_admins_edit(group):
    await group.says("bob", "/quizsettings")
    shown = group.last
    assert "Started by: everybody" in shown.text

    await group.taps("alice", "Admins start")
    assert "Started by: admins only" in group.message(shown.id).text
    assert "✓ Admins start" in group.message(shown.id).buttons

    await group.taps("alice", "Everybody starts")
    assert "Started by: everybody" in group.message(shown.id).text
    assert group.last.id == shown.id


async def test_only_admins_change_settings(group):
    await group.says("bob", "/quizsettings")
    menu = group.last.id

    assert "Only admins" in (await group.taps("bob", "Admins start") or "")
    await group.says("bob", "/quizsettings Lisbon")
    assert "Only admins" in group.last.text
    await group.says("bob", "Lisbon", reply_to=menu)
    assert "Only admins" in group.last.text

    [row] = await group.rows("SELECT * FROM groups")
    assert (row["who_may_start"], row["zone"]) == ("everybody", "UTC")


async def test_a_city_in_reply_to_the_settings_moves_the_groups_clock_and_back(group):
    await group.says("alice", "/quizsettings")
    menu = group.last.id
    await group.says("alice", "Tokyo", reply_to=menu)

    assert "Asia/Tokyo, where it is 21:00" in group.message(menu).text
    assert not group.new_messages

    await group.taps("alice", "Back to UTC")
    assert "Time zone: UTC" in group.message(menu).text
    assert [row["zone"] for row in await group.rows("SELECT zone FROM groups")] == ["UTC"]


async def test_a_city_of_many_is_asked_about(group):
    await group.says("alice", "/quizsettings Valencia")
    assert "Which one" in group.last.text

    await group.taps("alice", "Spain")

    assert "Europe/Madrid" in group.last.text


async def test_an_unknown_city_is_refused_with_what_to_do(group):
    await group.says("alice", "/quizsettings Xyzzyville")

    assert "nearest large city" in group.last.text


async def test_replies_to_other_messages_of_ours_say_nothing(group):
    await group.says("alice", "/board")
    await group.says("alice", "Tokyo", reply_to=group.last.id)

    assert not group.new_messages


async def test_new_settings_take_the_buttons_off_the_old_ones(group):
    await group.says("alice", "/quizsettings")
    old = group.last.id
    await group.says("alice", "/quizsettings")

    assert group.message(old).buttons == []
    assert group.last.buttons


async def test_daily_quizzes_keep_their_hour_on_the_new_clock(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.says("alice", "/quizsettings Tokyo")

    [row] = await group.rows("SELECT next_at FROM quiz_dailies")
    assert row["next_at"] % 86_400_000 == 9 * 3_600_000


async def test_a_title_with_signs_is_shown_as_it_is(running):
    group = await FakeGroup.opens(running, "A<b & c>d")
    await group.says("alice", "/quizsettings")

    assert "Quizzes in A<b & c>d" in group.last.text


async def test_private_commands_do_nothing_in_groups(group):
    await group.says("alice", "/forget")
    assert not group.new_messages

    await group.says("alice", f"/forget@{group.box.bot.username}")
    assert "private chat" in group.last.text


async def test_a_city_that_was_asked_about_leaves_one_message_with_buttons(group):
    await group.says("alice", "/quizsettings")
    menu = group.last.id
    await group.says("alice", "Springfield", reply_to=menu)
    assert group.last.id == menu
    assert "Which one do you mean?" in group.last.text

    await group.says("alice", "Lisbon", reply_to=menu)
    assert "Lisbon" in group.message(menu).text
    assert "Everybody starts" in group.message(menu).buttons[0]

    await group.says("alice", "/quizsettings Springfield")
    asked = group.last.id
    assert group.message(menu).buttons == []
    await group.taps("alice", "None, keep")
    assert (group.last.id, "Time zone: Europe/Lisbon" in group.last.text) == (asked, True)


MUTE = {"can_send_messages": False}


@pytest.mark.parametrize(
    "words", ["/quiz", "/help", "/board", "/quizsettings", "/quizdaily", "/stop", "/quizreport"]
)
async def test_where_we_may_not_write_nothing_is_retried_and_one_line_is_logged(group, words, caplog):
    caplog.set_level("INFO")
    await group.does(membership.allow, "alice", group.name, MUTE)
    caplog.clear()
    before = len(group.from_bot)
    await group.says("alice", words)

    assert len(group.from_bot) == before
    assert not await group.rows("SELECT * FROM inbox WHERE set_aside_at IS NOT NULL OR failures > 0")
    [line] = [each for each in caplog.records if each.levelname != "DEBUG"]
    assert (line.levelname, "does not let us write" in line.message) == ("INFO", True)


async def test_where_we_may_not_write_whoever_asks_is_told_in_private(running, group):
    chat = FakeChat(running, "alice")
    await chat.starts()
    await group.does(membership.allow, "alice", group.name, MUTE)
    await group.says("alice", "/quiz")

    assert "I may not write in “Night owls”. An admin can" in chat.last.text
    assert await group.rows("SELECT * FROM quizzes") == []


async def test_a_press_where_we_may_not_write_pops_up(group):
    await group.says("alice", "/quiz")
    await group.says("alice", "/stop")
    await group.does(membership.allow, "alice", group.name, MUTE)

    assert "I may not write here." in (await group.taps("bob", "Again") or "")
    assert not await group.rows("SELECT * FROM inbox WHERE failures > 0")


@pytest.mark.parametrize(
    "words", ["/quiz metrics 3", "/help", "/board", "/quizdaily 18:00", "/quiz nonsense"]
)
async def test_what_was_said_before_the_group_moved_is_answered_where_it_is_now(running, group, words):
    running.box.say("alice", group.name, words)
    membership.migrate(running.box, group.name)
    await running.quiet()

    assert len(group.from_bot) == 1
    assert not await group.rows("SELECT * FROM inbox WHERE set_aside_at IS NOT NULL OR failures > 0")
    assert [row["id"] for row in await group.rows("SELECT id FROM groups")] == [group.id]


async def test_added_and_moved_at_once_it_is_welcomed_without_any_trouble(running, caplog):
    group = await FakeGroup.opens(running, "Night owls", with_bot=False)
    membership.add(running.box, "alice", group.name, BOT)
    membership.migrate(running.box, group.name)
    await running.quiet()

    assert len(group.from_bot) == 1
    assert "/quizdaily" in group.last.text
    assert [each for each in caplog.records if each.levelname in ("WARNING", "ERROR")] == []


async def test_help_in_private_leads_into_a_group(running):
    group = await FakeGroup.opens(running, "Night owls", with_bot=False)
    chat = FakeChat(running, "alice")
    await chat.starts()
    await chat.says("/help")
    assert "In a study group I run quizzes" in chat.last.text
    [[button]] = running.box.messages("alice")[-1]["buttons"]
    assert button["text"] == "Add me to a study group"

    await group.does(opening.follow, "alice", button["url"], group.name)
    assert [each.text.startswith("Hello! I run quizzes") for each in group.from_bot] == [True]
