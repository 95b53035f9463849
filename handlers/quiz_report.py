"""/quizreport: a quiz as a file, for whoever started it, in private."""

from __future__ import annotations

from telegram.error import BadRequest, Forbidden

from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Called, Feature
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape
from handlers.quiz.admins import is_admin
from handlers.quiz.report_press import SendReport
from handlers.quiz.titles import title_of
from interview import quiz_report
from interview.day import study_day
from interview.group import Player
from interview.quiz_report import Played
from storage import boards, learners, players, quiz_reports
from storage.boards import Session

LISTED = 5
CAPTION = "Your quiz: every question, vote and point. docs/quiz_report.md in my code says what is what."
NONE_YET = (
    "There is no quiz of yours to report on. Start one in a group with /quiz, and come back when it is over."
)
NOT_YOURS = (
    "That report is for whoever started the quiz, of a daily one for the group’s admins. /quizreport in our private"
    " chat lists yours."
)
SENT = "the report is in our private chat."
NONE_HERE = (
    "You have started no quiz here that was played. /quiz starts one, /quizreport then sends its report."
)
NONE_AT_ALL = "No quiz was played here yet. /quiz starts one, /quizreport then sends its report."

_CANNOT = ("chat not found", "user is deactivated", "bot can't initiate")


async def list_reports(context: Context, _: str = "") -> None:
    """In private: the newest quizzes that the person started, to choose from."""
    async with context.on.db.transaction() as tx:
        sessions = await boards.sessions_of(tx, context.learner_id, LISTED)
        learner = await learners.get(tx, context.learner_id)
    if not sessions:
        raise Refusal(NONE_YET)
    rows = [
        (
            Button(
                _label(context.on, each, f"{study_day(each.ended_at, learner.zone):%d.%m.}"),
                SendReport(each.quiz_id),
            ),
        )
        for each in sessions
    ]
    await chat.respond(context, Reply("<b>Which quiz?</b> I send its report as a file.", tuple(rows)))


async def report_newest(context: Context, _: str = "") -> None:
    """In a group: the newest quiz that the person started there; for admins the newest of all."""
    async with context.on.db.transaction() as tx:
        quiz_id = await boards.newest_in(tx, context.chat_id, context.learner_id)
    runs_it = quiz_id is None and await is_admin(context)
    if runs_it:
        async with context.on.db.transaction() as tx:
            quiz_id = await boards.newest_in(tx, context.chat_id, None)
    if quiz_id is None:
        raise Refusal(NONE_AT_ALL if runs_it else NONE_HERE)
    await _send(context, await _find(context, quiz_id))
    async with context.on.db.transaction() as tx:
        player = await players.find(tx, context.chat_id, context.learner_id)
    await chat.respond(context, Reply(_addressed(context, player)))


def _addressed(context: Context, player: Player | None) -> str:
    """That it is sent, to the name the group knows; to none where the person is not to be seen there."""
    if player is None:
        return f"{escape(context.person_name)}, {SENT}"
    return SENT.capitalize() if player.hidden else f"{escape(player.shown)}, {SENT}"


async def send_report(context: Context, press: SendReport) -> None:
    """The report of the button’s quiz, for its starter; of one that began by itself, for admins of its group."""
    played = await _find(context, press.quiz_id)
    is_own = played.starter_id == context.learner_id
    began_by_itself = played.starter_id == 0 and played.chat_id == context.chat_id
    if not is_own and not (began_by_itself and await is_admin(context)):
        raise Refusal(NOT_YOURS)
    await _send(context, played)
    await chat.answer(context, f"There: {SENT}" if context.in_group else None)


async def _find(context: Context, quiz_id: int) -> Played:
    async with context.on.db.transaction() as tx:
        played = await quiz_reports.find(tx, quiz_id)
    if played is None:
        raise Refusal(NOT_YOURS)
    return played


async def _send(context: Context, played: Played) -> None:
    on = context.on
    name = f"quiz-{played.ended_at:%Y-%m-%d}-{played.quiz_id}.json"
    try:
        await chat.send_file(on, context.learner_id, quiz_report.write(played, context.now), name, CAPTION)
    except (Forbidden, BadRequest) as refused:
        if isinstance(refused, BadRequest) and not any(why in refused.message.lower() for why in _CANNOT):
            raise
        raise Refusal(
            f"I cannot write to you yet: open @{on.bot.username}, tap Start, then come back for the report."
        ) from None


def _label(on: Dependencies, session: Session, day: str) -> str:
    title = title_of(on.taxonomy, session.topic, session.facet)
    where = f"{session.title[:30]}, " if session.title else ""
    return f"{day} {where}{title}, {session.questions}"


FEATURE = Feature(
    name="quiz report",
    commands=(Called("quizreport", "a quiz you started, as a file", list_reports),),
    group_commands=(Called("quizreport", "the quiz you started, as a file in private", report_newest),),
    presses={SendReport: send_report},
    group_presses={SendReport: send_report},
)
