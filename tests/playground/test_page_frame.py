"""Around the conversation: people, clock, drafts, lost connections, phones, colours, keyboard and safety."""

import re

import pytest
from playwright.async_api import Request, expect

from tests.playground.page_stage import PHONE, Stage, row

pytest_plugins = ["tests.playground.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAMELESS = """() => [...document.querySelectorAll('button, a[href], textarea, input, [role=radio]')]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .filter((node) => !(node.getAttribute('aria-label') || node.labels?.length || node.textContent.trim()))
    .map((node) => node.outerHTML)"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth > innerWidth"
CONTRASTS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgb = (name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(--${name})`;
        canvas.fillStyle = getComputedStyle(probe).color;
        probe.remove();
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (name) => rgb(name).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const pairs = [['ink', 'panel'], ['ink-soft', 'panel'], ['ink', 'theirs'], ['ink-soft', 'theirs'], ['ink', 'mine'],
        ['mine-soft', 'mine'], ['accent', 'panel'], ['accent', 'theirs'], ['on-accent', 'accent-fill'],
        ['ink', 'panel-chosen'], ['ink-soft', 'panel-chosen'], ['bad', 'bad-wash'], ['ink-soft', 'scene']];
    return pairs.map(([ink, ground]) => {
        const [dark, bright] = [light(ink), light(ground)].sort((one, other) => one - other);
        return [`${ink} on ${ground}`, (bright + 0.05) / (dark + 0.05)];
    });
}"""
HOSTILE = """<img src=x onerror=alert(1)><script>alert(1)</script><b onclick=alert(1)>bold</b>
<a href="javascript:alert(1)">link</a><iframe src=//elsewhere.invalid></iframe><style>*{display:none}</style>"""
SANITISED = """async (html) => {
    const { messageNodes } = await import('/page/sanitise.js');
    const shell = document.createElement('div');
    shell.append(messageNodes(html));
    return shell.innerHTML;
}"""


async def test_each_person_has_a_chat_of_their_own(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.says(stage.alice, "Hello Alice")
    await expect(stage.last).to_contain_text("Hello Alice")

    await stage.page.get_by_role("radio", name="Bob").click()

    await expect(stage.page.get_by_text("Bob has not talked to this bot yet.")).to_be_visible()
    await expect(stage.box_text).to_have_attribute("placeholder", "Message as Bob")
    await stage.types("hi")
    assert (await stage.bot.hears())["from"]["first_name"] == "Bob"


async def test_what_another_person_has_not_read_is_counted(stage: Stage) -> None:
    await stage.starts()
    stage.box.say("bob", "bob", "/start")

    await stage.bot.says(stage.bob, "One")
    await stage.bot.says(stage.bob, "Two")
    bob = stage.page.get_by_role("radio", name="Bob")
    await expect(bob.locator(".badge")).to_contain_text("2")
    await bob.click()

    await expect(stage.page.locator(".unread-line")).to_be_visible()
    await stage.page.get_by_role("radio", name="Alice").click()
    await expect(bob.locator(".badge")).to_be_hidden()


async def test_the_clock_walks_to_nine_tomorrow(stage: Stage) -> None:
    await stage.opens()
    await expect(stage.page.locator("#clock-now")).to_have_text("Fri 20 Nov 2026 09:00 UTC")

    await stage.button("+1 hour").click()
    await expect(stage.page.locator("#clock-now")).to_have_text("Fri 20 Nov 2026 10:00 UTC")

    await stage.button("tomorrow 09:00 UTC").click()
    await expect(stage.page.locator("#clock-now")).to_have_text("Sat 21 Nov 2026 09:00 UTC")
    assert stage.clock.now().isoformat() == "2026-11-21T09:00:00+00:00"

    await stage.button("+1 day").click()
    await expect(stage.page.locator("#clock-now")).to_have_text("Sun 22 Nov 2026 09:00 UTC")


async def test_a_draft_outlives_a_change_of_person_and_a_reload(stage: Stage) -> None:
    await stage.starts()
    await stage.box_text.fill("half a thought")

    await stage.page.get_by_role("radio", name="Bob").click()
    await expect(stage.box_text).to_have_value("")
    await stage.box_text.fill("Bob's own")
    await stage.page.get_by_role("radio", name="Alice").click()
    await expect(stage.box_text).to_have_value("half a thought")

    await stage.page.reload()
    await expect(stage.box_text).to_have_value("half a thought")


async def test_a_text_that_was_refused_comes_back(stage: Stage) -> None:
    await stage.starts()

    await stage.types("x" * 4097)

    await expect(stage.page.get_by_role("alert")).to_contain_text("at most 4096 characters")
    await expect(stage.box_text).to_have_value("x" * 4097)
    stage.complaints.clear()  # the browser logs every 4xx


async def test_a_lost_connection_is_said_and_made_good(stage: Stage) -> None:
    await stage.starts()
    assert stage.runner is not None
    await stage.runner.cleanup()
    await expect(stage.page.locator("#banner")).to_contain_text("No connection")

    stage.box.say("alice", "alice", "said elsewhere meanwhile")
    await stage.restarts()
    await stage.button("Try now").click()

    await expect(stage.page.locator("#banner")).to_be_hidden()
    await expect(stage.last).to_contain_text("said elsewhere meanwhile")
    stage.complaints.clear()  # the browser logs what it could not reach


async def test_blocking_the_bot_is_said_and_undone(stage: Stage) -> None:
    await stage.starts()

    async with stage.page.expect_response("**/people/block"):
        await stage.button("Block bot").click()
    await expect(stage.page.locator("#blocked")).to_contain_text("Alice has blocked the bot.")
    assert stage.box.roster.person("alice").blocked

    await stage.page.reload()
    async with stage.page.expect_response("**/people/unblock"):
        await stage.page.locator("#unblock").click()
    await expect(stage.box_text).to_be_visible()
    assert not stage.box.roster.person("alice").blocked


async def test_a_new_person_joins(stage: Stage) -> None:
    await stage.opens()

    await stage.button("Add").first.click()
    await stage.page.get_by_label("Name").fill("Erin")
    await stage.page.get_by_label("Name").press("Enter")

    await expect(stage.page.get_by_role("radio", name="Erin")).to_have_attribute("aria-checked", "true")
    await expect(stage.box_text).to_have_attribute("placeholder", "Message as Erin")


async def test_dark_colours_are_remembered(stage: Stage) -> None:
    await stage.opens()
    root = stage.page.locator("html")
    await expect(root).to_have_attribute("data-theme", "light")

    await stage.button("Dark colours").click()
    await expect(root).to_have_attribute("data-theme", "dark")

    await stage.page.reload()
    await expect(root).to_have_attribute("data-theme", "dark")
    await expect(stage.button("Dark colours")).to_have_attribute("aria-pressed", "true")


async def test_every_ink_can_be_read_on_its_ground_by_day_and_by_night(stage: Stage) -> None:
    await stage.opens()

    for theme in ("light", "dark"):
        await stage.page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        pale = [(pair, ratio) for pair, ratio in await stage.page.evaluate(CONTRASTS) if ratio < 4.5]

        assert pale == [], theme


@pytest.mark.parametrize("stage", [PHONE], indirect=True)
async def test_a_phone_shows_one_screen_at_a_time(stage: Stage) -> None:
    await stage.starts()
    wide_row = row(**{"1 ☑": "a", "2 ◐": "b", "3 ☑": "c", "4 ☐": "d", "5 ☑": "e"})
    await stage.bot.says(stage.alice, f"<code>{'long' * 60}</code>\n{'word ' * 60}", wide_row)
    await expect(stage.last).to_contain_text("word")
    assert not await stage.page.evaluate(TOO_WIDE)
    await expect(stage.page.locator("#chats")).to_be_hidden()

    await stage.button("Back to the chats").click()
    await expect(stage.page.locator("#chats")).to_be_visible()
    await expect(stage.box_text).to_be_hidden()
    assert not await stage.page.evaluate(TOO_WIDE)

    await stage.page.locator(".chat").first.click()
    await expect(stage.box_text).to_be_visible()


async def test_everything_one_can_press_has_a_name(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.call("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    await stage.bot.says(stage.alice, "<pre>code</pre> <tg-spoiler>x</tg-spoiler>", row(Yes="yes"))
    stage.box.send("alice", "alice", "photo")
    stage.box.send("alice", "alice", "voice")
    await expect(stage.page.locator(".message")).to_have_count(4)

    assert await stage.page.evaluate(NAMELESS) == []


async def test_the_keyboard_alone_reaches_messages_and_comes_back(stage: Stage) -> None:
    await stage.starts()
    await stage.bot.says(stage.alice, "First")
    await stage.bot.says(stage.alice, "Second")
    await expect(stage.last).to_contain_text("Second")
    lines = stage.page.locator(".line")

    await stage.box_text.press("Alt+ArrowUp")
    await expect(lines.last).to_be_focused()
    await stage.page.keyboard.press("ArrowUp")
    await expect(lines.nth(1)).to_be_focused()
    await stage.page.keyboard.press("Enter")
    await expect(stage.page.get_by_role("menuitem", name="Reply")).to_be_focused()
    await stage.page.keyboard.press("Escape")
    await expect(lines.nth(1)).to_be_focused()

    await stage.page.keyboard.press("Escape")
    await expect(stage.box_text).to_be_focused()


async def test_every_kind_of_message_finds_a_face(stage: Stage) -> None:
    await stage.opens()
    for kind in ("photo", "voice", "document", "sticker", "location", "contact"):
        stage.box.send("alice", "alice", kind)
    await expect(stage.page.locator(".message")).to_have_count(6)

    await stage.page.evaluate(
        """async () => (await import('/page/store.js')).putMessage('alice', { message_id: 9e9, from: 'alice',
            date: '2026-11-20T09:00:00Z', kind: 'hologram', text: '', html: '', buttons: [], silent: false })"""
    )

    await expect(stage.last).to_contain_text("A message of kind “hologram”")


async def test_markup_from_outside_loses_everything_that_acts(stage: Stage) -> None:
    await stage.opens()

    shown = await stage.page.evaluate(SANITISED, HOSTILE)

    assert not re.search(r"<(?!/?(?:b|span|button)\b)", shown), shown
    assert not re.search(r"\son\w+=|javascript:|src=", shown), shown
    assert "<b>bold</b>" in shown
    stage.complaints.clear()  # the content security policy says what it stopped


async def test_nothing_is_asked_of_any_other_host(stage: Stage) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    stage.page.on("request", note)
    await stage.starts()
    stage.box.send("alice", "alice", "photo")
    await expect(stage.page.locator(".photo img")).to_be_visible()
    stage.page.remove_listener("request", note)

    assert len(asked) > 30
    assert [url for url in asked if not url.startswith((stage.address, "data:"))] == []


async def test_a_long_history_is_drawn_in_pages(stage: Stage) -> None:
    for number in range(120):
        stage.box.say("alice", "alice", f"Message {number}")

    await stage.opens()

    await expect(stage.last).to_contain_text("Message 119")
    assert await stage.page.locator(".message").count() < 100
    await stage.page.locator("#earlier").click()
    await expect(stage.page.locator(".message")).to_have_count(120)


async def test_one_press_walks_to_the_next_message(stage: Stage) -> None:
    await stage.starts()
    sent = await stage.bot.call(
        "sendPoll",
        chat_id=stage.alice,
        question="?",
        options=[{"text": "a"}, {"text": "b"}],
        open_period=7200,
    )

    await stage.button("next thing due").click()

    await expect(stage.page.locator("#clock-now")).to_have_text("Fri 20 Nov 2026 11:01 UTC")
    assert stage.box.messages("alice")[-1]["message_id"] == sent["message_id"]
    await stage.button("next thing due").click()
    await expect(stage.page.locator(".toast")).to_contain_text("Nothing is due within a week.")


async def test_after_start_one_types_on(stage: Stage) -> None:
    await stage.opens()

    await stage.button("Start").focus()
    await stage.page.keyboard.press("Enter")

    await expect(stage.box_text).to_be_focused()


async def test_arrows_among_the_people_stay_there(stage: Stage) -> None:
    await stage.opens()
    people = [stage.page.get_by_role("radio", name=name) for name in ("Alice", "Bob", "Carol")]

    await people[0].focus()
    for each in people[1:]:
        await stage.page.keyboard.press("ArrowRight")
        await expect(each).to_be_focused()
        await expect(each).to_have_attribute("aria-checked", "true")

    await expect(stage.box_text).to_have_attribute("placeholder", "Message as Carol")
    await expect(people[2]).to_be_focused()


async def test_the_list_of_commands_takes_the_keyboard(stage: Stage) -> None:
    await stage.starts()
    commands = [{"command": name, "description": name} for name in ("start", "help")]
    await stage.bot.call("setMyCommands", commands=commands)
    await stage.button("Commands").click()
    listed = stage.page.get_by_role("listbox", name="Commands")

    await listed.focus()
    await stage.page.keyboard.press("ArrowDown")
    await expect(stage.page.get_by_role("option", name="/help")).to_have_attribute("aria-selected", "true")
    await stage.page.keyboard.press("Enter")

    await expect(stage.last).to_contain_text("/help")
    await expect(stage.box_text).to_be_focused()


@pytest.mark.parametrize("stage", [PHONE], indirect=True)
async def test_a_phone_has_a_first_heading_and_everything_in_a_landmark(stage: Stage) -> None:
    await stage.opens()

    await expect(stage.page.get_by_role("heading", level=1)).to_have_text("Playground")
    await expect(stage.page.get_by_role("banner").first.locator("#skip")).to_have_count(1)
    edges = await stage.page.evaluate(
        "() => [...document.querySelectorAll('.box button, .box time')].map((node) => node.getBoundingClientRect())"
        ".flatMap(({ left, right }) => [left, right])"
    )
    assert min(edges) >= 0
    assert max(edges) <= PHONE[0]
    assert not await stage.page.evaluate(TOO_WIDE)
