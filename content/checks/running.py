"""Whether code that claims to run does."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from content.checks.finding import Finding
from content.markup import code_blocks
from interview.question import Question

LONGEST_RUN = 10.0  # seconds


def code_runs(question: Question) -> Iterator[Finding]:
    """The blocks of one text run as one program, in a process and a folder of their own."""
    texts = [("answer", question.answer), ("stem", question.stem)]
    texts += [
        (f"follow-up {number}", follow_up.answer) for number, follow_up in enumerate(question.follow_ups, 1)
    ]
    for where, text in texts:
        blocks = [block for block in code_blocks(text) if block.runs]
        if not blocks:
            continue
        if strange := [block.language for block in blocks if block.language != "python"]:
            yield Finding(
                question.id, where, f"has {strange[0] or 'plain'} code that says run; only python runs."
            )
        elif error := _error("\n\n".join(block.text for block in blocks)):
            yield Finding(question.id, where, f"has code that does not run: {error}.")


def _error(code: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.py"
        path.write_text(code, encoding="utf-8")
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-X", "utf8", "-W", "error", path.name],
                cwd=folder,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=LONGEST_RUN,
                stdin=subprocess.DEVNULL,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"it was still running after {LONGEST_RUN:.0f} seconds"
    if done.returncode == 0:
        return ""
    lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    place = next((line.strip() for line in reversed(lines) if line.strip().startswith("File ")), "")
    line = place.partition(", ")[2].partition(",")[0]
    return f"{lines[-1].strip().rstrip('.')}{f' ({line})' if line else ''}"
