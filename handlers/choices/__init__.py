"""Choosing: the pickers' buttons and what is typed instead, in the first conversation and in the settings."""

from handlers.choices.aiming import pick_goal, pick_recall, take_goal, take_recall
from handlers.choices.amount import pick_count, take_count, take_rest_days, toggle_rest_day
from handlers.choices.going_on import AWAITING_LOCATION
from handlers.choices.interviewing import pick_interview, take_interview
from handlers.choices.opening import close_settings, open_picker, skip_step
from handlers.choices.place import pick_zone, share_location, take_location, take_zone
from handlers.choices.times import pick_hour, pick_reminder, switch_reminders, take_hour, take_reminder
from handlers.choices.work import pick_level, pick_role, take_level, take_role, toggle_topic
from handlers.choosing import presses
from handlers.kit.feature import Feature
from interview.learner import SetupStep

FEATURE = Feature(
    name="choices",
    presses={
        presses.PickZone: pick_zone,
        presses.ShareLocation: share_location,
        presses.PickHour: pick_hour,
        presses.PickRole: pick_role,
        presses.ToggleTopic: toggle_topic,
        presses.PickLevel: pick_level,
        presses.PickCount: pick_count,
        presses.ToggleRestDay: toggle_rest_day,
        presses.PickReminder: pick_reminder,
        presses.SwitchReminders: switch_reminders,
        presses.PickGoal: pick_goal,
        presses.PickRecall: pick_recall,
        presses.PickInterview: pick_interview,
        presses.OpenPicker: open_picker,
        presses.SkipStep: skip_step,
        presses.CloseSettings: close_settings,
    },
    awaited={
        SetupStep.ZONE: take_zone,
        AWAITING_LOCATION: take_zone,
        SetupStep.HOUR: take_hour,
        SetupStep.ROLE: take_role,
        SetupStep.LEVEL: take_level,
        SetupStep.COUNT: take_count,
        SetupStep.REST: take_rest_days,
        SetupStep.REMINDER: take_reminder,
        SetupStep.GOAL: take_goal,
        SetupStep.RECALL: take_recall,
        SetupStep.INTERVIEW: take_interview,
    },
    located=take_location,
)
