"""Ways to say "I don't know" that are no English sentence: signs, and what people type in their own language."""

from __future__ import annotations

import re

_PHRASES = frozenset((
    "пас", "не знаю", "я не знаю", "честно не знаю", "не знаю честно", "хз", "понятия не имею", "без понятия",
    "не помню", "не в курсе", "сдаюсь", "не пам'ятаю", "гадки не маю", "без поняття", "nie wiem", "no sé", "no se",
    "ni idea", "paso", "não sei", "nao sei", "je ne sais pas", "jsp", "aucune idée", "je passe", "keine ahnung",
    "weiß nicht", "weiss nicht", "ich weiß nicht", "ich weiss nicht", "non lo so", "non so", "boh", "weet ik niet",
    "geen idee", "bilmiyorum", "vet inte", "不知道", "我不知道", "わからない", "分かりません", "わかりません", "몰라요",
    "모르겠어요", "पता नहीं", "لا أعرف",
))  # fmt: skip
_SIGNS = re.compile(r"[?？¿!.…\-–—/\s🤷♂♀\u200d\ufe0f\U0001f3fb-\U0001f3ff]*")


def gives_up(reply: str) -> bool:
    """Whether the whole reply is a sign such as `?`, `-`, `…`, or "I don't know" in one of the languages known here."""
    if _SIGNS.fullmatch(reply):
        return bool(reply.strip())
    return " ".join(re.sub(r"[.,;:!?…()]", " ", reply.lower().replace("’", "'")).split()) in _PHRASES
