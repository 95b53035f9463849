"""Before something is said whose message has to be noted: whether that can be noted at all."""

from __future__ import annotations

from handlers.kit.context import Dependencies
from storage.touch import touch


async def sure_to_note(on: Dependencies) -> None:
    """`Stuck` where nothing can be written: what is said and not noted is said again at every try.

    Of use only where nothing has been written just before; inside a transaction `touch` does the same.
    """
    async with on.db.transaction() as tx:
        await touch(tx)
