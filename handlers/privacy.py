"""/privacy: what is kept, why, for how long, and what is not."""

from __future__ import annotations

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Reply

TEXT = """<b>What I keep about you, and why</b>

<b>Your settings</b>: your number at Telegram, your app’s language, zone, hour, role, level. \
That is how I ask you at the right time.
<b>Your learning</b>: the questions I put, what you typed, ticked and rated, and when; your cards and streak. \
That is how a question comes back just before you would forget it. \
What you report about a question goes to whoever runs me.

<b>Not kept</b>: your name, your phone number, where exactly you are. \
A shared location becomes a time zone and is gone.

<b>How long</b>: until you say /forget, which deletes all of it here and now. \
A message is wiped from my inbox as soon as it is dealt with. \
One that I failed on waits there as it came, for whoever runs me, at most until you say /forget.

<b>Who sees it</b>: everything stays on the machine I run on, and whoever runs it can read it. \
Your answers are judged there too; nothing goes out but to Telegram. \
Telegram keeps its own copy of this chat: delete the chat there as well if you like.

<b>Backups</b>: whoever runs me may keep copies of my database. /forget does not reach into those: \
what you deleted lives on in older copies until they are rotated out. How long that takes, they can tell you.

/export gives you all of it as files, /import takes it back, /forget deletes it."""


async def show_privacy(context: Context, _: str = "") -> None:
    """All of it in one message."""
    await chat.send(context.on, context.learner_id, Reply(TEXT))


FEATURE = Feature(name="privacy", commands=(Called("privacy", "what I keep, why, how long", show_privacy),))
