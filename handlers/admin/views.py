"""What operators see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from content.markup import to_plain
from content.problems import Problem
from handlers.admin.presses import (
    AnswerReport,
    BackUp,
    CloseReport,
    NextReport,
    OpenDesk,
    ReloadBank,
    SendBroadcast,
    ShowProgress,
    StopBroadcast,
    WriteBroadcast,
)
from handlers.kit.reply import Button, Reply, escape
from interview.question import Question
from storage.backup import Backup
from storage.broadcasts import Broadcast, Progress
from storage.operations import Operations
from storage.reports import Report

_STEM = 200
_WORDS = 2_500
_PROBLEMS = 10
_PROBLEM = 300

_DESK = Button("Back", OpenDesk())


def desk(numbers: Operations, questions: int, now: datetime, *, can_back_up: bool = False) -> Reply:
    """The numbers, and what can be done."""
    lines = [
        f"<b>The bot at {now:%H:%M}</b> (your clock)",
        "",
        f"{_count(numbers.learners, 'learner')}, {numbers.active} active in 7 days, {numbers.unreachable} out of reach",
        f"Today: {_count(numbers.dailies, 'daily', 'dailies')} sent, {_count(numbers.ratings, 'rating')}",
        f"Updates: {numbers.unfinished} unfinished, {numbers.set_aside} set aside",
        f"Database: {_size(numbers.size)} · bank: {_count(questions, 'question')}",
        f"Open reports: {numbers.open_reports}",
    ]
    buttons = (
        (Button(f"Reports ({numbers.open_reports})", NextReport(0)), Button("Broadcast", WriteBroadcast())),
        (Button("Reload the bank", ReloadBank()), Button("Refresh", OpenDesk())),
    )
    backup = ((Button("Backup now", BackUp()),),) if can_back_up else ()
    return Reply("\n".join(lines), buttons + backup)


def backed_up(made: Backup) -> Reply:
    """The database was copied and checked."""
    text = (
        f"Backed up and checked: <code>{escape(made.path.name)}</code>, {_size(made.size)}.\n\n"
        "To put it in place, stop the bot and run\n"
        f"<pre>python -m bot restore {escape(str(made.path))}</pre>"
    )
    return Reply(text, ((_DESK,),))


def reloaded(questions: int) -> Reply:
    """The content was read anew."""
    return Reply(f"The bank is read anew: {_count(questions, 'question')}.", ((_DESK,),))


def broken(problems: Sequence[Problem]) -> Reply:
    """The content could not be used; the old one still is."""
    lines = [f"• {escape(_short(str(problem), _PROBLEM))}" for problem in problems[:_PROBLEMS]]
    if len(problems) > _PROBLEMS:
        lines.append(f"… and {len(problems) - _PROBLEMS} more: python -m content check tells all.")
    head = f"<b>Nothing was changed: {_count(len(problems), 'problem')}.</b> Mend these and reload."
    buttons = ((Button("Reload the bank", ReloadBank()), _DESK),)
    return Reply("\n".join([head, "", *lines]), buttons)


def report(made: Report, question: Question | None, waiting: int, now: datetime) -> Reply:
    """One open report, with what can be done about it."""
    buttons = (
        (Button("Answer", AnswerReport(made.id)), Button("Close", CloseReport(made.id))),
        (Button("Next", NextReport(made.id)), _DESK),
    )
    return Reply(f"{_report(made, question, now)}\n\n<i>{waiting} open</i>", buttons)


def asked_for_answer(made: Report, question: Question | None, now: datetime) -> Reply:
    """The bot waits for the operator's answer."""
    text = f"{_report(made, question, now)}\n\n<b>Type your answer now</b>: it goes to the one who reported this."
    return Reply(text, ((Button("Back", NextReport(made.id - 1)),),))


def no_reports() -> Reply:
    """All are dealt with."""
    return Reply("No report is open.", ((_DESK,),))


def answer(made: Report, question: Question | None) -> Reply:
    """What the reporter gets."""
    head = f"<b>About your report</b> on “{escape(_stem(question))}”"
    return Reply(f"{head}\n\n{made.answer}")


def answered(made: Report, *, reached: bool) -> Reply:
    """What the operator gets then."""
    text = (
        "Sent, and the report is closed."
        if reached
        else "They cannot be reached any more; the report is closed."
    )
    return Reply(text, ((Button("Next", NextReport(made.id)), _DESK),))


def asked_for_broadcast() -> Reply:
    """The bot waits for the text."""
    text = "<b>Type what everybody shall read</b>, in one message, formatted as you like. You see it first."
    return Reply(text, ((_DESK,),))


def preview(draft: Broadcast) -> Reply:
    """The message exactly as it will look."""
    return Reply(draft.text)


def draft_panel(draft: Broadcast, recipients: int) -> Reply:
    """Below the preview: the last question before it goes out."""
    text = f"So it will look. It goes to {_count(recipients, 'learner')}, without sound."
    buttons = (
        Button(f"Send to {recipients}", SendBroadcast(draft.id)),
        Button("Discard", StopBroadcast(draft.id)),
    )
    return Reply(text, (buttons,))


def progress_panel(broadcast: Broadcast, progress: Progress) -> Reply:
    """How far it is, and the way to stop it while there is something to stop."""
    if broadcast.confirmed_at is None:
        return Reply("Thrown away: it went to nobody.")
    done = progress.reached + progress.unreached
    unreached = f"; {progress.unreached} could not be reached" if progress.unreached else ""
    sent = f"sent to {progress.reached} of {_count(progress.recipients, 'learner')}{unreached}."
    if broadcast.ended_at is None:
        buttons = (Button("Refresh", ShowProgress(broadcast.id)), Button("Stop", StopBroadcast(broadcast.id)))
        return Reply(f"Under way: {sent}", (buttons,))
    return Reply(f"{'Done' if done == progress.recipients else 'Stopped'}: {sent}")


def _report(made: Report, question: Question | None, now: datetime) -> str:
    head = (
        f"<b>{made.kind.label}</b> · <code>{escape(made.question_id)}</code> · {_age(now - made.reported_at)}"
    )
    parts = [head, escape(_stem(question))]
    if made.words:
        parts.append(f"<blockquote expandable>{escape(_short(made.words, _WORDS))}</blockquote>")
    return "\n\n".join(parts)


def _stem(question: Question | None) -> str:
    return _short(" ".join(to_plain(question.stem).split()), _STEM) if question else "a question that is gone"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{age.days} days ago"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
