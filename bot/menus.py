"""The menus of commands that Telegram shows beside the composer."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden

from handlers.kit.feature import Called, Feature

log = logging.getLogger(__name__)


async def hang_out(bot: Bot, features: Sequence[Feature], operators: Collection[int]) -> None:
    """One menu for everybody, one for groups, a longer one for each operator who has written to us before."""
    everybody = [_listed(called) for f in features if not f.for_operators for called in f.commands]
    await bot.set_my_commands(everybody)
    in_groups = [_listed(called) for f in features for called in f.group_commands if called.name != "start"]
    await bot.set_my_commands(in_groups, scope=BotCommandScopeAllGroupChats())
    for operator in sorted(operators):
        commands = [_listed(called) for f in features for called in f.commands]
        try:
            await bot.set_my_commands(commands, scope=BotCommandScopeChat(operator))
        except (BadRequest, Forbidden) as refused:
            log.info("operator %d has no menu before they write to me: %s", operator, refused.message)


def _listed(called: Called) -> BotCommand:
    return BotCommand(called.name, called.description)
