-- What learners say about questions: never again, or that something is wrong with one.
-- Moments (…_at) are milliseconds since the epoch, UTC.

CREATE TABLE set_aside (                     -- questions that a learner does not want to see again
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    set_aside_at INTEGER NOT NULL,
    PRIMARY KEY (learner_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (                       -- problems with questions, as learners reported them
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    asking_id INTEGER NOT NULL REFERENCES askings (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('fact', 'unclear', 'typo', 'long', 'other')),
    words TEXT,                              -- the learner's own, if they added any
    words_message_id INTEGER,                -- the message they came in
    reported_at INTEGER NOT NULL,
    closed_at INTEGER,                       -- when an operator dealt with it, with an answer or without
    answer TEXT,                             -- as Telegram HTML
    answered_by INTEGER REFERENCES learners (id) ON DELETE SET NULL,
    answer_message_id INTEGER,               -- the operator's message it came in
    answered_at INTEGER,                     -- when it reached the learner
    UNIQUE (asking_id, kind)
) STRICT;

CREATE INDEX reports_open ON reports (id) WHERE closed_at IS NULL;
CREATE INDEX reports_by_learner ON reports (learner_id, words_message_id);
CREATE INDEX reports_by_operator ON reports (answered_by, answer_message_id) WHERE answered_by IS NOT NULL;

CREATE TABLE awaited_about (                 -- which row the text is about that learners.awaiting waits for
    learner_id INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
    about INTEGER NOT NULL
) STRICT;
