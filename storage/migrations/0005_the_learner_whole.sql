-- A pace that follows the learner, answers that are no text, follow-ups, bookmarks, drills without end.
-- Moments (…_at) are milliseconds since the epoch, UTC; study days are the learner's own dates, 'YYYY-MM-DD'.

ALTER TABLE learners ADD COLUMN last_active_on TEXT;          -- the newest study day on which they did anything here
ALTER TABLE learners ADD COLUMN reminders INTEGER NOT NULL DEFAULT 1 CHECK (reminders IN (0, 1));
ALTER TABLE learners ADD COLUMN reminder_time TEXT NOT NULL DEFAULT '20:00';
ALTER TABLE learners ADD COLUMN last_reminder_on TEXT;        -- the newest study day that was settled: reminded, or no need
ALTER TABLE learners ADD COLUMN next_reminder_at INTEGER;     -- NULL while none can come
ALTER TABLE learners ADD COLUMN streak_goal INTEGER CHECK (streak_goal IN (7, 14, 30));
ALTER TABLE learners ADD COLUMN retention INTEGER NOT NULL DEFAULT 90 CHECK (retention IN (85, 90, 95)); -- percent
ALTER TABLE learners ADD COLUMN interview_on TEXT;

CREATE INDEX learners_by_next_reminder ON learners (next_reminder_at) WHERE next_reminder_at IS NOT NULL;

ALTER TABLE askings ADD COLUMN sent_at INTEGER;               -- when the question's message was first there: answers are timed from it
ALTER TABLE askings ADD COLUMN snoozed_until INTEGER;         -- the learner wants it again then; NULL once brought

CREATE INDEX askings_snoozed ON askings (snoozed_until) WHERE snoozed_until IS NOT NULL;

ALTER TABLE replies ADD COLUMN kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'voice', 'audio', 'photo', 'document', 'video', 'video_note'));
ALTER TABLE replies ADD COLUMN file_id TEXT;                  -- Telegram's, of what is no text; `text` is then its caption

ALTER TABLE drills ADD COLUMN endless INTEGER NOT NULL DEFAULT 0 CHECK (endless IN (0, 1)); -- goes on until it is stopped
ALTER TABLE drills ADD COLUMN restores TEXT;                  -- the missed study day whose streak this drill wins back

CREATE INDEX drills_by_learner ON drills (learner_id, started_at);

CREATE TABLE bookmarks (
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    bookmarked_at INTEGER NOT NULL,
    PRIMARY KEY (learner_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE follow_ups (                    -- what was asked after an answer, by how it went
    asking_id INTEGER NOT NULL REFERENCES askings (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,                 -- which of the question's follow-ups, counted from 0
    asked_at INTEGER NOT NULL,
    message_id INTEGER,                      -- its message, once Telegram has it
    shown_at INTEGER,                        -- when its answer was first shown
    feedback_message_id INTEGER,             -- the message that shows its answer below a typed one
    PRIMARY KEY (asking_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE follow_up_replies (             -- what the learner wrote to one, a row a message
    asking_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (asking_id, number, message_id),
    FOREIGN KEY (asking_id, number) REFERENCES follow_ups (asking_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX follow_up_replies_by_message ON follow_up_replies (message_id);
