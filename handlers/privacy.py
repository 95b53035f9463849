"""/privacy: what is kept, why, for how long, and what is not."""

from __future__ import annotations

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Reply

_BY_HAND = """<b>Backups</b>: whoever runs me may keep copies of my database. /forget does not reach into those: \
what you deleted lives on in older copies until they are rotated out. How long that takes, they can tell you."""

TEXT = f"""<b>What I keep about you, and why</b>

<b>Your settings</b>: your number at Telegram, your app’s language, all that /settings shows, \
an interview date among it, and the last day you were here. That is how I ask you at the right time.
<b>Your learning</b>: the questions I put, follow-ups too, what you typed, ticked and rated, and when; \
your cards, streak, drills and bookmarks, and what you never want to see again. \
That is how a question comes back just before you would forget it. \
Of voice messages, pictures and files I keep the number under which Telegram has them, never what is in them. \
What you report about a question goes to whoever runs me.

<blockquote expandable><b>In groups</b>: your name as it was when you last joined or voted, \
the alias you chose, what you voted, when, and your points. That is how there are standings and a board. \
Of what is said there I see commands and replies to me.

<b>Not kept</b>: your name in private, your phone number, where exactly you are. \
A shared location becomes a time zone and is gone.

<b>How long</b>: until you say /forget, which deletes all of it here and now; \
in groups your scores stay under “someone”. \
A message is wiped from my inbox as soon as it is dealt with. \
One that I failed on waits there as it came, for whoever runs me, at most until you say /forget.

<b>Who sees it</b>: everything stays on the machine I run on, and whoever runs it can read it. \
Your answers are judged there too; nothing goes out but to Telegram. \
Telegram keeps its own copy of this chat: delete the chat there as well if you like.

{_BY_HAND}</blockquote>

/export gives you all of it as files, /import takes it back, /forget deletes it."""


async def show_privacy(context: Context, _: str = "") -> None:
    """All of it in one message."""
    await chat.send(context.on, context.learner_id, Reply(text(context.on.backups_last)))


def text(backups_last: int | None) -> str:
    """All of it, for a bot whose backups last so many days at most; None or 0 where its operators see to that."""
    return TEXT.replace(_BY_HAND, _nightly(backups_last)) if backups_last else TEXT


def _nightly(days: int) -> str:
    return (
        "<b>Backups</b>: every night I copy my database, in case its disk breaks. /forget does not reach into"
        f" those copies: what you deleted is gone from the last of them after {days} days. Whoever runs me may keep"
        " copies elsewhere for longer; ask them."
    )


FEATURE = Feature(name="privacy", commands=(Called("privacy", "what I keep, why, how long", show_privacy),))
