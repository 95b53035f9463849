"""/admin: what those who run the bot can do; for everybody else it does not exist."""

from handlers.admin.broadcasting import (
    ask_for_text,
    beat,
    next_due,
    send_broadcast,
    show_progress,
    stop_broadcast,
    take_text,
)
from handlers.admin.desk import ANSWER, BROADCAST, back_up, open_desk, reload_bank
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
from handlers.admin.reports import ask_for_answer, close_report, next_report, take_answer
from handlers.kit.feature import Called, Feature, Heartbeat

FEATURE = Feature(
    name="admin",
    commands=(Called("admin", "numbers, reports, the bank, a word to everybody", open_desk),),
    presses={
        OpenDesk: open_desk,
        ReloadBank: reload_bank,
        BackUp: back_up,
        NextReport: next_report,
        AnswerReport: ask_for_answer,
        CloseReport: close_report,
        WriteBroadcast: ask_for_text,
        SendBroadcast: send_broadcast,
        StopBroadcast: stop_broadcast,
        ShowProgress: show_progress,
    },
    awaited={ANSWER: take_answer, BROADCAST: take_text},
    heartbeat=Heartbeat(beat, next_due),
    for_operators=True,
)
