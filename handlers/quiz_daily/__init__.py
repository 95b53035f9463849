"""A quiz a day in a group, at its own hour."""

from handlers.kit.feature import Called, Feature, Heartbeat
from handlers.quiz_daily.coming import beat, next_due
from handlers.quiz_daily.presses import ResumeDaily
from handlers.quiz_daily.setting import quizdaily, resume

FEATURE = Feature(
    name="quiz daily",
    group_commands=(Called("quizdaily", "a quiz every day: /quizdaily 18:00 metrics 7, or off", quizdaily),),
    group_presses={ResumeDaily: resume},
    heartbeat=Heartbeat(beat, next_due),
)
