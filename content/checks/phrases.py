"""Whether key points can be recognised: phrases that people type, not words that stand in every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.checks.finding import Finding
from content.markup import to_plain
from interview.question import Question

RUN = 5  # words in a row that make a phrase a copy of the answer

GENERIC = frozenset(
    """
    accuracy accurate algorithm algorithms analysis answer average bad best better big bigger case cases cause change
    changes check class classes classification code common compare complex computer correct cost data dataset datasets
    decision depends difference different easy error errors evaluate evaluation example examples fast faster feature
    features few fit fits fitting function general good group groups hard help helps high higher important improve
    improves input inputs knowledge label labels large larger layer layers learn learning learns less linear loss low
    lower many mean means measure method methods metric metrics model models more number numbers often optimal outcome
    output outputs parameter parameters people performance poor pattern patterns predict prediction predictions predicts
    probability problem problems process product quality random range regression result results right rule rules
    sample samples score scores set sets simple simpler size slow slower small smaller solution solve statistics step
    steps system target targets task tasks technique test tests time train training true use used useful user users
    value values variable variables vector weight weights work works worse wrong
    """.split()  # noqa: SIM905 a paragraph of words reads better than a list of 150 strings
)


def phrases_tell(question: Question) -> Iterator[Finding]:
    """Lone words that say nothing, phrases mostly of one word, and what was copied from the answer."""
    answer = _runs(to_plain(question.answer))
    for number, point in enumerate(question.key_points, 1):
        lone = [phrase for phrase in point.phrases if len(_words(phrase)) == 1]
        for phrase in lone:
            if phrase.casefold() in GENERIC:
                yield Finding(
                    question.id,
                    f"key point {number} phrases",
                    f"has the lone word {phrase!r}; say more, as people would type it.",
                )
        if len(lone) * 2 > len(point.phrases):
            yield Finding(
                question.id,
                f"key point {number} phrases",
                f"has {len(lone)} single words of {len(point.phrases)}; give mostly phrases of several words.",
            )
        for text in (*point.phrases, *point.also):
            if copied := _runs(text) & answer:
                yield Finding(
                    question.id,
                    f"key point {number}",
                    f"takes {' '.join(sorted(copied)[0])!r} from the answer; say it in other words.",
                )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.casefold())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
