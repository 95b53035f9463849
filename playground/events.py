"""What happens in the box, told to every page that listens."""

import asyncio
from typing import Any


class Events:
    """Hands each event to every listener, in order."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[dict[str, Any] | None]] = set()

    @property
    def heard(self) -> bool:
        """Whether anybody listens, so that it is worth making an event."""
        return bool(self._listeners)

    def tell(self, kind: str, **more: Any) -> None:
        for queue in self._listeners:
            queue.put_nowait({"type": kind, **more})

    def listen(self) -> "asyncio.Queue[dict[str, Any] | None]":
        """A queue that fills from now on; None in it means that the box is closing."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: "asyncio.Queue[dict[str, Any] | None]") -> None:
        self._listeners.discard(queue)

    def close(self) -> None:
        for queue in self._listeners:
            queue.put_nowait(None)
