"""`python -m judging`: score replies, fit the weights, measure the judge."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from judging.engines import ENGINE_NAMES, Engine, EngineMissing, engine
from judging.figures import Figures, cross_validated, figures
from judging.fitting import examples_of, fit
from judging.judgement import Judgement
from judging.labelled import BadLine, Labelled, read_asked, read_labelled
from judging.weights import WEIGHTS_FILE, write_weights


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 2 means that what was given cannot be used, and a sentence says why."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "score":
            return _score(engine(asked.engine), sys.stdin, sys.stdout)
        if asked.command == "fit":
            return _fit(asked.file, asked.out)
        return _measure(asked.file, engine(asked.engine), asked.engine)
    except BrokenPipeError:
        # Whoever read us has seen enough; without this the interpreter would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (BadLine, EngineMissing, OSError, ValueError) as error:
        print(_sentence(error), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m judging", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    score = commands.add_parser("score", help="judge the replies on standard input, a JSON object a line")
    score.add_argument("--engine", default="lexical", help=f"one of: {', '.join(ENGINE_NAMES)}")
    fitting = commands.add_parser("fit", help="fit the weights on a file of labelled replies")
    fitting.add_argument("file", type=Path)
    fitting.add_argument("--out", type=Path, default=WEIGHTS_FILE, help="where to write them")
    measure = commands.add_parser("measure", help="print the figures over a file of labelled replies")
    measure.add_argument("file", type=Path)
    measure.add_argument("--engine", default="lexical", help=f"one of: {', '.join(ENGINE_NAMES)}")
    return parser


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}. Give the path of a file that can be read."
    return str(error)


def _score(judge: Engine, source: TextIO, sink: TextIO) -> int:
    for asked in read_asked(source):
        judgement = judge(asked.question, asked.key_points, asked.reply)
        sink.write(json.dumps(_as_json(asked.id, judgement), ensure_ascii=False) + "\n")
        sink.flush()
    return 0


def _as_json(id_: Any, judgement: Judgement) -> dict[str, Any]:
    points = [
        {"state": point.state.value, "p": round(point.p, 4), "quote": point.quote}
        for point in judgement.points
    ]
    return {
        "id": id_,
        "points": points,
        "rating": None if judgement.rating is None else int(judgement.rating),
    }


def _fit(file: Path, out: Path) -> int:
    replies = _labelled(file)
    write_weights(fit(examples_of(replies)), out)
    print(f"Fitted on {len(replies)} replies; the weights are in {out}.")
    for line in _table(_left_out(replies)):
        print(line)
    return 0


def _labelled(file: Path) -> list[Labelled]:
    with file.open(encoding="utf-8") as lines:
        return list(read_labelled(lines))


def _measure(file: Path, judge: Engine, name: str) -> int:
    replies = _labelled(file)
    if not replies:
        raise ValueError(f"{file} holds no replies; give a file of labelled replies, one a line.")
    times: list[float] = []

    def timed(reply: Labelled) -> Judgement:
        start = time.process_time()
        judgement = judge(reply.asked.question, reply.asked.key_points, reply.asked.reply)
        times.append(time.process_time() - start)
        return judgement

    figures(replies[:1], timed)
    times.clear()
    columns = [(name, figures(replies, timed))]
    if name == "lexical":
        columns += _left_out(replies)
    for line in _table(columns):
        print(line)
    print(f"{'p95 of a reply, CPU ms':24}{1000 * sorted(times)[int(len(times) * 0.95)]:>10.1f}")
    return 0


def _left_out(replies: list[Labelled]) -> list[tuple[str, Figures]]:
    """The column of figures with each question judged by the others; there is none where the replies are too few or
    too alike to fit weights on."""
    try:
        return [("left out", cross_validated(replies))]
    except ValueError as error:
        print(f"No weights can be fitted on these replies to leave questions out: {error}", file=sys.stderr)
        return []


def _table(columns: list[tuple[str, Figures]]) -> Iterable[str]:
    if not columns:
        return
    yield f"{'':24}" + "".join(f"{name:>10}" for name, _ in columns)
    tables = [asdict(found) for _, found in columns]
    for name in tables[0]:
        yield f"{name.replace('_', ' '):24}" + "".join(f"{_cell(table[name]):>10}" for table in tables)


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
