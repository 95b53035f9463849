"""As much as Telegram lets through: the longest texts, the most entities, pictures of any size, strange names."""

from typing import Any

import pytest

LONGEST = "<&>" * 1_365 + "x"
BOLD = [{"type": "bold", "offset": place * 30, "length": 30} for place in range(100)]
ZALGO = "Z̴̢͚͉̙̀a̷̛̖͊l̵̡̦̈́g̴͔̍o‮\u202e" * 8


def _sizes(side):
    return [
        {"file_id": f"f{n}", "file_unique_id": f"u{n}", "width": side, "height": side, "file_size": 10**12}
        for n in range(40)
    ]


LARGE: dict[str, dict[str, Any]] = {
    "a text of 4096 letters that HTML escapes": {"text": LONGEST},
    "a hundred entities": {"text": "word " * 800, "entities": BOLD},
    "entities that lie beside the text": {
        "text": "short one",
        "entities": [{"type": "bold", "offset": 9_000, "length": 10**9}],
    },
    "an entity of a kind nobody knows": {
        "text": "short one",
        "entities": [{"type": "new", "offset": 0, "length": 5}],
    },
    "a caption of 1024 letters below a picture": {"caption": LONGEST[:1024], "photo": _sizes(100)},
    "a picture of any size": {"photo": _sizes(10**9)},
    "a picture without sizes": {"photo": []},
    "a name that spills over": {"text": "my answer", "from": {"first_name": ZALGO, "last_name": ZALGO}},
    "signs that are no letters": {"text": "\x00\x01\ufffe‮" * 500},
    "a command that never ends": {"text": "/" + "today" * 800},
    "an argument that never ends": {"text": "/topic " + "metrics " * 500},
}


@pytest.mark.parametrize("large", LARGE)
async def test_it_is_dealt_with_at_once_and_the_next_is_answered(running, chat, large):
    await chat.starts()
    person = chat.box.roster.person("alice")
    given = LARGE[large]
    message = {
        "message_id": 900,
        "date": int(running.clock.now().timestamp()),
        "chat": {"id": person.id, "type": "private", "first_name": "Alice"},
        **given,
        "from": {**person.as_user(), **given.get("from", {})},
    }
    chat.box.updates.add("message", message)
    await running.quiet()

    assert await chat.rows("SELECT * FROM inbox WHERE failures > 0 OR done_at IS NULL") == []
    await chat.says("/stats")
    assert chat.last.id > 0
    assert chat.new_messages
