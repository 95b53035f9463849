-- A start card on which whoever started the quiz chooses its topic; and one that borrows from other topics.

ALTER TABLE quizzes ADD COLUMN topics_open INTEGER NOT NULL DEFAULT 0 CHECK (topics_open IN (0, 1));
ALTER TABLE quizzes ADD COLUMN fill_up INTEGER NOT NULL DEFAULT 0 CHECK (fill_up IN (0, 1));
