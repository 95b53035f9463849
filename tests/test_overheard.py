"""The ear that all tests have is not deaf."""

import json
import logging

import pytest

from tests.overheard import overhearing, tokens_in, words_in

LOG = logging.getLogger("somewhere.deep")
UPDATE = json.dumps({"update_id": 1, "message": {"text": "what I never said to anybody"}})


def test_a_token_is_heard_in_a_detail_and_in_a_traceback(overheard):
    with overhearing() as lines:
        LOG.debug("POST /bot%s/getMe", "123456" + ":AAsecret-token_of_35_characters_xxxxx")
        try:
            raise ValueError("https://x/bot987654" + ":AAsecret-token_of_35_characters_xxxxx/")
        except ValueError:
            LOG.info("failed", exc_info=True)
        LOG.info("at 12:30:45 all was well, in 1234:56 minutes")

    assert len(tokens_in(lines)) == 2
    assert tokens_in(overheard) == tokens_in(lines)
    overheard.clear()


@pytest.mark.parametrize(
    "line, heard", [("{}", True), ("got {} from 7", True), ("a text of 28 letters", False)]
)
def test_words_are_heard_wherever_they_stand(line, heard):
    with overhearing() as lines:
        LOG.info(line.format("what I never said to anybody"))

    assert bool(words_in(lines, [UPDATE])) == heard
