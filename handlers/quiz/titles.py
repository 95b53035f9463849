"""What a quiz is about, in words."""

from __future__ import annotations

from content.taxonomy import Taxonomy

MIX = "A mix"


def title_of(taxonomy: Taxonomy, topic: str | None, facet: str | None = None) -> str:
    """`Metrics`, `Metrics › Calibration`, or the word for a mix; a topic that is gone goes by its slug. Unescaped."""
    if topic is None:
        return MIX
    known = taxonomy.topic(topic)
    part = taxonomy.facet(topic, facet) if facet else None
    title = known.short if known else topic
    return f"{title} › {part.title}" if part else title
