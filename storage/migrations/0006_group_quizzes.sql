-- Quizzes in study chats: who is there, what was asked, who voted what, and what comes daily.
-- Moments (…_at) are milliseconds since the epoch, UTC. A group's id changes when it becomes a supergroup: ON UPDATE CASCADE carries it.

CREATE TABLE groups (
    id INTEGER PRIMARY KEY,                  -- the chat's id at Telegram
    title TEXT NOT NULL,
    zone TEXT NOT NULL DEFAULT 'UTC',
    zone_chosen INTEGER NOT NULL DEFAULT 0 CHECK (zone_chosen IN (0, 1)),
    who_may_start TEXT NOT NULL DEFAULT 'everybody' CHECK (who_may_start IN ('everybody', 'admins')),
    joined_at INTEGER NOT NULL,
    left_at INTEGER,                         -- since when the bot is not there; everything is kept for its return
    is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    welcomed_at INTEGER,
    menu_message_id INTEGER,                 -- the newest message with the group's settings
    digest_on TEXT                           -- the newest week ('YYYY-Www') whose digest was told
) STRICT;

CREATE TABLE players (                       -- people as a group knows them
    group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE ON UPDATE CASCADE,
    person_id INTEGER NOT NULL,
    name TEXT NOT NULL,                      -- as last seen; escaped where shown
    alias TEXT,                              -- shown instead, if they chose one
    hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)), -- not on the board
    PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX players_by_person ON players (person_id);

CREATE TABLE quizzes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER REFERENCES groups (id) ON DELETE CASCADE ON UPDATE CASCADE, -- NULL: played alone
    chat_id INTEGER NOT NULL,                -- where it is played: the group, or the player's private chat
    thread_id INTEGER NOT NULL DEFAULT 0,    -- the forum topic, 0 for none
    starter_id INTEGER NOT NULL,             -- the person; 0 where nobody started it (the daily quiz)
    topic TEXT,                              -- NULL for a mix
    facet TEXT,
    size INTEGER NOT NULL,                   -- how many questions are wanted
    question_ids TEXT NOT NULL DEFAULT '',   -- parted by spaces, in the order asked; empty until it starts
    seconds INTEGER NOT NULL,                -- 0: by the length of each question
    daily_on TEXT,                           -- the group's date, for the daily quiz
    stage TEXT NOT NULL DEFAULT 'joining' CHECK (stage IN ('joining', 'running', 'over')),
    ended_because TEXT CHECK (ended_because IN ('played', 'stopped', 'silence', 'nobody', 'removed')),
    card_message_id INTEGER,                 -- the start card
    card_drawn_at INTEGER,
    card_stale INTEGER NOT NULL DEFAULT 0 CHECK (card_stale IN (0, 1)), -- it does not show the newest yet
    starts_at INTEGER,                       -- when it starts by itself; NULL while too few have joined
    results_message_id INTEGER,
    place INTEGER,                           -- of the question in flight, counted from 0
    next_at INTEGER,                         -- when the heartbeat has something to do with it; NULL once it is over
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    caused_by INTEGER                        -- the update that began it: run again, it finds this row
) STRICT;

CREATE UNIQUE INDEX quizzes_one_a_thread ON quizzes (chat_id, thread_id) WHERE stage <> 'over';
CREATE UNIQUE INDEX quizzes_one_daily ON quizzes (group_id, thread_id, daily_on) WHERE daily_on IS NOT NULL;
CREATE INDEX quizzes_by_next ON quizzes (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX quizzes_by_cause ON quizzes (chat_id, caused_by);
CREATE INDEX quizzes_by_group ON quizzes (group_id, ended_at);

CREATE TABLE quiz_players (
    quiz_id INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    joined_at INTEGER NOT NULL,              -- by the card, or by the first vote
    taken_at INTEGER,                        -- when what they missed joined their cards
    PRIMARY KEY (quiz_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX quiz_players_by_person ON quiz_players (person_id);

CREATE TABLE quiz_rounds (                   -- one question of one quiz, as it was put
    quiz_id INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    options TEXT NOT NULL,                   -- JSON: the options as sent, so that results stay readable when the bank changes
    option_order TEXT NOT NULL,              -- the bank's option indices in the order shown, parted by spaces
    right_options TEXT NOT NULL,             -- places in the shown order, parted by spaces
    seconds INTEGER NOT NULL,
    before_message_id INTEGER,               -- the message with stem, code or formulas that a poll cannot hold
    poll_id TEXT,
    poll_message_id INTEGER,
    opened_at INTEGER,                       -- when the poll was sent: votes are timed from here
    closes_at INTEGER,
    stopped_at INTEGER,                      -- Telegram takes no more votes; some may still be on their way here
    closed_at INTEGER,                       -- no vote counts any more
    skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1)),
    told_message_id INTEGER,                 -- the message with explanation and standings
    told_at INTEGER,
    PRIMARY KEY (quiz_id, place)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX quiz_rounds_by_poll ON quiz_rounds (poll_id) WHERE poll_id IS NOT NULL;

CREATE TABLE quiz_votes (                    -- written down before anything is said; one a person and question
    quiz_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    person_id INTEGER NOT NULL,              -- below 0: somebody who was forgotten
    question_id TEXT NOT NULL,               -- the round's
    chosen INTEGER NOT NULL,                 -- the place of the option in the shown order
    voted_at INTEGER NOT NULL,               -- as the vote arrived here
    took INTEGER NOT NULL,                   -- milliseconds from the poll's sending to the vote, as counted
    points INTEGER NOT NULL,
    is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
    PRIMARY KEY (quiz_id, place, person_id),
    FOREIGN KEY (quiz_id, place) REFERENCES quiz_rounds (quiz_id, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX quiz_votes_by_person ON quiz_votes (person_id, voted_at);

CREATE TABLE early_votes (                   -- came before the poll's id was written down
    poll_id TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    chosen INTEGER NOT NULL,
    voted_at INTEGER NOT NULL,
    is_belated INTEGER NOT NULL CHECK (is_belated IN (0, 1)),
    PRIMARY KEY (poll_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quiz_skips (                    -- who wants the question in flight skipped
    quiz_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    PRIMARY KEY (quiz_id, place, person_id),
    FOREIGN KEY (quiz_id, place) REFERENCES quiz_rounds (quiz_id, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE quiz_dailies (                  -- /quizdaily
    group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE ON UPDATE CASCADE,
    thread_id INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL,                        -- HH:MM in the group's zone
    topic TEXT,
    facet TEXT,
    size INTEGER NOT NULL,
    set_by INTEGER NOT NULL,
    next_at INTEGER,                         -- NULL while it is paused
    last_on TEXT,                            -- the newest date that had its quiz
    unplayed INTEGER NOT NULL DEFAULT 0,     -- how many in a row nobody played
    PRIMARY KEY (group_id, thread_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX quiz_dailies_by_next ON quiz_dailies (next_at) WHERE next_at IS NOT NULL;

-- It had been waiting at Telegram while we were away, nobody knows how long.
ALTER TABLE inbox ADD COLUMN is_belated INTEGER NOT NULL DEFAULT 0 CHECK (is_belated IN (0, 1));
