-- What Telegram sent, written down before it is told that it arrived.
-- Moments (…_at) are milliseconds since the epoch, UTC.

CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL,                -- whose queue it waits in: the chat, else the person, else 0
    payload TEXT NOT NULL,                   -- the update as JSON; empty once it is done
    received_at INTEGER NOT NULL,
    done_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    set_aside_at INTEGER,                    -- given up, kept for the operator
    error TEXT                               -- the last failure's class, never its words
) STRICT;

CREATE INDEX inbox_unfinished ON inbox (received_at, update_id) WHERE done_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX inbox_set_aside ON inbox (set_aside_at) WHERE set_aside_at IS NOT NULL;
CREATE INDEX inbox_by_chat ON inbox (chat_id);
CREATE INDEX inbox_by_receipt ON inbox (received_at, update_id);
