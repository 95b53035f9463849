"""/history: past answers, to be read again."""

from handlers.history.presses import ReadFollowUp, ReadPast, Replay, TurnTo
from handlers.history.reading import list_history, read_follow_up, read_past, replay, turn_to
from handlers.kit.feature import Called, Feature

FEATURE = Feature(
    name="history",
    commands=(Called("history", "read your past answers again", list_history),),
    presses={TurnTo: turn_to, ReadPast: read_past, ReadFollowUp: read_follow_up, Replay: replay},
)
