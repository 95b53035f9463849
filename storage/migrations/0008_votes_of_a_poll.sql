-- In which poll a vote was given: a question whose sending was not acknowledged comes in two.

ALTER TABLE quiz_votes ADD COLUMN poll_id TEXT;
