"""What a running bot says of itself in its health file."""

from bot.wellbeing import AWAY_TOO_LONG
from storage.unusable import Stuck


async def test_without_telegram_it_is_well_for_a_while_and_then_it_is_not(running):
    await running.quiet()
    coach = running.coach
    assert str(coach.condition()) == "serving"

    coach._outage.began()
    condition = coach.condition()
    assert (str(condition), condition.well) == ("waiting for Telegram for 0 s", True)

    coach._outage._since -= AWAY_TOO_LONG
    condition = coach.condition()
    assert (str(condition), condition.well) == ("waiting for Telegram for 300 s", False)


async def test_what_is_wrong_with_the_database_comes_before_what_is_wrong_with_telegram(running):
    await running.quiet()
    running.coach._outage.began()

    running.coach._complaint.say(Stuck("There is no room."))

    condition = running.coach.condition()
    assert (str(condition), condition.well) == ("There is no room.", False)
