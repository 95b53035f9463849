-- What an operator tells all learners at once, and who has had it.
-- Moments (…_at) are milliseconds since the epoch, UTC.

CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    operator_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL,             -- the operator's message it came in
    text TEXT NOT NULL,                      -- as Telegram HTML
    drafted_at INTEGER NOT NULL,
    panel_message_id INTEGER,                -- the message with its buttons, once Telegram has it
    confirmed_at INTEGER,
    next_at INTEGER,                         -- when the heartbeat may send the next few; NULL before and after
    ended_at INTEGER,                        -- all sent, stopped or thrown away
    UNIQUE (operator_id, message_id)
) STRICT;

CREATE INDEX broadcasts_to_send ON broadcasts (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE broadcast_recipients (          -- one row each, written when the broadcast is confirmed
    broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id) ON DELETE CASCADE,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    done_at INTEGER,
    reached INTEGER CHECK (reached IN (0, 1)), -- NULL until it was tried
    PRIMARY KEY (broadcast_id, learner_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX broadcast_recipients_to_do ON broadcast_recipients (broadcast_id, learner_id) WHERE done_at IS NULL;
CREATE INDEX broadcast_recipients_by_learner ON broadcast_recipients (learner_id);
