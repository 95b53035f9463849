"""Methods for polls: sendPoll with everything Telegram refuses in one, and stopPoll."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from playground import rules, sending, texts, voting
from playground.calls import Built, Call
from playground.entities import Formatted
from playground.groups import Group
from playground.polls import Poll
from playground.refusals import bad_request

if TYPE_CHECKING:
    from playground.state import Box

LONGEST_QUESTION = 300
MOST_OPTIONS = 12
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
MOST_LINE_FEEDS = 2
LONGEST_DESCRIPTION = 1024
OPEN_SECONDS = (5, 2_628_000)


def send_poll(box: "Box", call: Call) -> dict[str, Any]:
    is_quiz = _is_quiz(call)
    explanation = texts.formatted(box, call, "explanation") if is_quiz else Formatted()
    correct = _correct_ids(call) if is_quiz else []
    chat = rules.writable_chat(box, call, "poll")
    if isinstance(chat, Group) and (call.flag("members_only") or call.args.get("country_codes")):
        raise bad_request("poll voters can be restricted only in channel chats")
    poll = Poll(
        box.polls.take_id(),
        _question(box, call),
        _options(box, call),
        is_quiz=is_quiz,
        is_anonymous=bool(call.args.get("is_anonymous", True)),
        is_multiple=call.flag("allows_multiple_answers"),
        is_revotable=bool(call.args.get("allows_revoting", not is_quiz)),
        is_shuffled=call.flag("shuffle_options"),
        hides_results=call.flag("hide_results_until_closes"),
        correct=correct,
        explanation=_checked_explanation(explanation),
        description=_description(box, call),
        sent=box.now(),
        closes=_closing_time(box, call),
        is_closed=call.flag("is_closed"),
    )
    if is_quiz:
        _check_correct(poll)
    message = sending.send(box, call, chat, "poll", Formatted(), {}, {}, poll)
    box.polls.watch(message)
    return box.message_json(message)


def stop_poll(box: "Box", call: Call) -> dict[str, Any]:
    """The poll as it closed; the message has the buttons of the call afterwards, or none."""
    chat = rules.chat_of(box, call)
    message = box.posts.find(chat, call.number("message_id"))
    if message is None:
        raise bad_request("message with poll to stop not found")
    if message.poll is None:
        raise bad_request("message is not a poll")
    if not message.by_bot or message.poll.is_closed:
        raise bad_request("poll can't be stopped")
    markup = call.args.get("reply_markup") or {}
    message.buttons = markup if markup.get("inline_keyboard") else None
    voting.close(box, message)
    return message.poll.as_json()


def _is_quiz(call: Call) -> bool:
    kind = call.text("type")
    if kind not in ("", "regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    return kind == "quiz"


def _correct_ids(call: Call) -> list[int]:
    if "correct_option_ids" in call.args:
        return list(call.args["correct_option_ids"] or [])
    return [call.number("correct_option_id")] if "correct_option_id" in call.args else []


def _check_correct(poll: Poll) -> None:
    if not poll.correct:
        raise bad_request("correct quiz option list must be non-empty")
    if any(later <= earlier for earlier, later in zip(poll.correct, poll.correct[1:], strict=False)):
        raise bad_request("correct quiz option list must be increasing")
    if poll.correct[0] < 0 or poll.correct[-1] >= len(poll.options):
        raise bad_request("wrong quiz correct_option_id")


def _question(box: "Box", call: Call) -> Formatted:
    question = _plain(box, texts.formatted(box, call, "question"), "A poll's question")
    if not question.text:
        raise bad_request("text must be non-empty")
    if len(question.text) > LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {LONGEST_QUESTION}")
    return question


def _options(box: "Box", call: Call) -> list[Formatted]:
    given = call.args.get("options") or []
    if not given:
        raise bad_request("poll must have at least one answer option")
    if len(given) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    return [_option(box, Call(call.method, each)) for each in given]


def _option(box: "Box", each: Call) -> Formatted:
    option = _plain(box, texts.formatted(box, each, "text"), "A poll's option")
    if not option.text:
        raise bad_request("poll option must be non-empty")
    if len(option.text) > LONGEST_OPTION:
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return option


def _plain(box: "Box", content: Formatted, what: str) -> Formatted:
    """Of its entities only custom emoji stay; a bot that sends others is told on the page."""
    kept = tuple(entity for entity in content.entities if entity.type == "custom_emoji")
    lost = [entity.type for entity in content.entities if entity.type in texts.STYLED]
    if lost:
        box.warn(f"{what} shows no {lost[0].replace('_', ' ')}: Telegram drops all formatting there.")
    return replace(content, entities=kept)


def _checked_explanation(explanation: Formatted) -> Formatted:
    """Telegram's own servers keep these two limits; the words for them are not public."""
    if len(explanation.text) > LONGEST_EXPLANATION:
        raise bad_request(f"quiz explanation length must not exceed {LONGEST_EXPLANATION}")
    if explanation.text.count("\n") > MOST_LINE_FEEDS:
        raise bad_request(f"quiz explanation must have at most {MOST_LINE_FEEDS} line feeds")
    return explanation


def _description(box: "Box", call: Call) -> Formatted:
    description = texts.formatted(box, call, "description")
    if len(description.text) > LONGEST_DESCRIPTION:
        raise bad_request("message caption is too long")
    return description


def _closing_time(box: "Box", call: Call) -> datetime | None:
    """When it closes by itself. The server clamps a period that is too long; what is too short, past, or said
    twice it leaves to chance, so the box refuses it."""
    shortest, longest = OPEN_SECONDS
    period, date = max(call.number("open_period"), 0), call.number("close_date")
    if period and date:
        raise bad_request("open_period and close_date can't be used together")
    if period:
        if period < shortest:
            raise bad_request(f"open_period must be at least {shortest} seconds")
        return box.now() + timedelta(seconds=min(period, longest))
    if not date:
        return None
    ahead = date - box.now().timestamp()
    if not shortest <= ahead <= longest:
        raise bad_request(f"close_date must be {shortest} to {longest} seconds ahead")
    return datetime.fromtimestamp(date, box.now().tzinfo)


METHODS = {
    "sendPoll": Built(
        send_poll,
        (
            "chat_id", "message_thread_id", "question", "question_parse_mode", "question_entities", "options",
            "is_anonymous", "type", "allows_multiple_answers", "allows_revoting", "shuffle_options",
            "hide_results_until_closes", "members_only", "country_codes", "correct_option_ids", "explanation",
            "explanation_parse_mode", "explanation_entities", "open_period", "close_date", "is_closed",
            "description", "description_parse_mode", "description_entities", "disable_notification",
            "protect_content", "reply_parameters", "reply_markup",
        ),
        ("message_effect_id",),
    ),
    "stopPoll": Built(stop_poll, ("chat_id", "message_id", "reply_markup")),
}  # fmt: skip
