"""`python -m judging`: the command that scores, fits and measures."""

import io
import json

import pytest

from judging.__main__ import main

LINE = {
    "id": "a1",
    "question": "What is a primary key?",
    "key_points": [
        {
            "point": "It identifies each row uniquely",
            "phrases": ["unique identifier"],
            "also": [],
            "wrong": None,
        }
    ],
    "reply": "a unique identifier of each row",
}


@pytest.fixture
def typed(monkeypatch, capsys):
    def run(text, *arguments):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = main(["score", *arguments])
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    return run


def test_each_line_is_answered_by_a_line(typed):
    other = {**LINE, "id": 7, "reply": "idk"}

    code, out, err = typed(json.dumps(LINE) + "\n\n" + json.dumps(other) + "\n")

    first, second = (json.loads(line) for line in out.splitlines())
    assert (code, err) == (0, "")
    assert first["id"] == "a1"
    assert first["points"][0]["state"] == "covered"
    assert first["points"][0]["quote"] == "a unique identifier of each row"
    assert first["rating"] == 3
    assert second == {"id": 7, "points": [{"state": "missed", "p": 0.02, "quote": None}], "rating": 1}


def test_what_cannot_be_told_has_no_rating(typed):
    _, out, _ = typed(json.dumps({**LINE, "reply": "уникальный идентификатор строки"}))

    assert json.loads(out)["rating"] is None


@pytest.mark.parametrize(
    "line, sentence",
    [
        ("{", "Line 2 is not JSON"),
        ("[]", "Line 2: a JSON object is wanted"),
        (json.dumps({**LINE, "reply": None}), "Line 2: reply must be a text."),
        (json.dumps({**LINE, "key_points": []}), "Line 2: key_points must be a list"),
        (json.dumps({**LINE, "key_points": [{}]}), "Line 2: key point 1 must be an object"),
        (
            json.dumps({**LINE, "key_points": [{"point": "x", "also": "y"}]}),
            "key point 1: also is a list of texts",
        ),
    ],
)
def test_a_bad_line_is_named_and_what_came_before_is_kept(typed, line, sentence):
    code, out, err = typed(json.dumps(LINE) + "\n" + line + "\n")

    assert code == 2
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert len(out.splitlines()) == 1


def test_an_unknown_engine_is_refused_in_one_sentence(typed):
    code, out, err = typed(json.dumps(LINE), "--engine", "oracle")

    assert (code, out) == (2, "")
    assert "oracle" in err
    assert len(err.splitlines()) == 1


def test_a_file_that_is_not_there_is_refused_in_one_sentence(capsys, tmp_path):
    code = main(["fit", str(tmp_path / "none.jsonl")])

    assert code == 2
    assert "none.jsonl" in capsys.readouterr().err
