-- Who learns, what was asked, what is remembered.
-- Moments (…_at) are milliseconds since the epoch, UTC; study days are the learner's own dates, 'YYYY-MM-DD'.

CREATE TABLE learners (
    id INTEGER PRIMARY KEY,                  -- the person's id at Telegram, which is their private chat's too
    language TEXT,
    zone TEXT NOT NULL,
    zone_chosen INTEGER NOT NULL DEFAULT 0 CHECK (zone_chosen IN (0, 1)),
    daily_time TEXT NOT NULL DEFAULT '09:00',
    role TEXT NOT NULL DEFAULT 'everything',
    topics TEXT NOT NULL DEFAULT '',         -- slugs parted by spaces; used when the learner chose topics instead of a role
    level TEXT NOT NULL DEFAULT 'middle',
    daily_count INTEGER NOT NULL DEFAULT 1 CHECK (daily_count BETWEEN 1 AND 10),
    rest_days TEXT NOT NULL DEFAULT '',      -- ISO weekdays without a daily, such as '67'
    paused_until TEXT,                       -- the first study day with a daily again
    joined_at INTEGER NOT NULL,
    setup_step TEXT,                         -- where the first conversation stands; NULL once it is over
    setup_message_id INTEGER,
    awaiting TEXT,                           -- what the bot last asked to be typed, until awaiting_until
    awaiting_until INTEGER,
    last_daily_on TEXT,                      -- the newest study day that has had its daily
    next_daily_at INTEGER,                   -- NULL while no daily is wanted or possible
    unreachable_at INTEGER
) STRICT;

CREATE INDEX learners_by_next_daily ON learners (next_daily_at) WHERE next_daily_at IS NOT NULL;

CREATE TABLE kept_days (                     -- study days without a rating that break no streak
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    study_day TEXT NOT NULL,
    because TEXT NOT NULL CHECK (because IN ('jumped', 'paused')),
    PRIMARY KEY (learner_id, study_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE drills (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    facet TEXT,
    question_ids TEXT NOT NULL,              -- parted by spaces, in the order asked
    started_at INTEGER NOT NULL,
    caused_by INTEGER,                       -- the update that started it: run again, it finds this row
    summed_up_at INTEGER
) STRICT;

CREATE INDEX drills_by_cause ON drills (learner_id, caused_by);

CREATE TABLE askings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('daily', 'drill', 'practice')),
    because TEXT NOT NULL DEFAULT '',        -- why this question, as shown
    study_day TEXT NOT NULL,
    slot INTEGER,                            -- dailies only: the first of its day is 0
    drill_id INTEGER REFERENCES drills (id) ON DELETE CASCADE,
    place INTEGER,                           -- drills only: counted from 0
    asked_at INTEGER NOT NULL,
    caused_by INTEGER,
    send_after INTEGER,                      -- when the heartbeat may send it (again); NULL once sent or when a handler sends it
    late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
    note TEXT NOT NULL DEFAULT '',           -- an announcement that rides along
    message_id INTEGER,                      -- the question's message, once Telegram has it
    feedback_message_id INTEGER,             -- the message that shows the points
    picture_message_id INTEGER,              -- the message with the formulas that no line of text can hold
    shown_at INTEGER,                        -- when the points and the reference were first shown
    hints INTEGER NOT NULL DEFAULT 0,
    judged TEXT,                             -- JSON: a state and a quote for each key point; NULL where nothing was judged
    judged_rating INTEGER CHECK (judged_rating BETWEEN 1 AND 4),
    ticked INTEGER,                          -- one bit a key point; NULL while nothing was ticked
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    rated_at INTEGER,
    rated_on TEXT,
    skipped_at INTEGER,
    UNIQUE (learner_id, study_day, slot),
    UNIQUE (drill_id, place)
) STRICT;

CREATE INDEX askings_by_learner ON askings (learner_id, asked_at);
CREATE INDEX askings_by_message ON askings (learner_id, message_id);
CREATE INDEX askings_by_feedback ON askings (learner_id, feedback_message_id);
CREATE INDEX askings_by_cause ON askings (learner_id, caused_by);
CREATE INDEX askings_by_rated_day ON askings (learner_id, rated_on) WHERE rated_on IS NOT NULL;
CREATE INDEX askings_to_send ON askings (send_after) WHERE send_after IS NOT NULL;

CREATE TABLE replies (                       -- what a learner wrote to an asking, a row a message
    asking_id INTEGER NOT NULL REFERENCES askings (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (asking_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX replies_by_message ON replies (message_id);

CREATE TABLE cards (
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    stability REAL NOT NULL,                 -- days
    difficulty REAL NOT NULL,                -- 1 to 10
    due TEXT NOT NULL,
    reviewed_on TEXT NOT NULL,
    interval INTEGER NOT NULL,               -- days
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    PRIMARY KEY (learner_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_by_due ON cards (learner_id, due);

CREATE TABLE reviews (                       -- the log: only ever added to, Undo included
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    asking_id INTEGER NOT NULL REFERENCES askings (id) ON DELETE CASCADE,
    what TEXT NOT NULL CHECK (what IN ('rated', 'undone')),
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    study_day TEXT NOT NULL,
    reviewed_at INTEGER NOT NULL,
    card_before TEXT                         -- the card as it was, so that Undo restores it exactly; NULL where there was none
) STRICT;

CREATE INDEX reviews_by_question ON reviews (learner_id, question_id, id);
CREATE INDEX reviews_by_asking ON reviews (asking_id, id);
