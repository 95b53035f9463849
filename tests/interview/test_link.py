from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.link import LONGEST, Link, LinkTo, read, to_question, to_topic
from tests.the_bank import the_bank, the_taxonomy


@pytest.mark.parametrize(
    "payload, link",
    [
        ("topic_metrics", Link(LinkTo.TOPIC, "metrics")),
        ("topic_llm__rag", Link(LinkTo.TOPIC, "llm/rag")),
        ("topic_roc-auc", Link(LinkTo.TOPIC, "roc-auc")),
        ("q_metrics__roc-auc", Link(LinkTo.QUESTION, "metrics/roc-auc")),
        ("q_roc-auc", Link(LinkTo.QUESTION, "roc-auc")),
        ("Q_roc-auc", None),
        ("review", Link(LinkTo.REVIEW)),
        ("review_all", None),
        ("topic_", None),
        ("topic", None),
        ("", None),
        ("hello", None),
        ("topic_a b", None),
        ("q_метрики", None),
        ("topic_" + "x" * 59, None),
    ],
)
def test_what_a_payload_means(payload: str, link: Link | None) -> None:
    assert read(payload) == link


@given(st.text(max_size=80))
def test_whatever_is_forged_is_read_or_not(payload: str) -> None:
    found = read(payload)

    assert found is None or len(found.name) < LONGEST


def test_every_topic_facet_and_question_has_a_link_that_leads_to_it() -> None:
    slugs = [topic.slug for topic in the_taxonomy().topics]
    slugs += [f"{topic.slug}/{facet.slug}" for topic in the_taxonomy().topics for facet in topic.facets]

    for slug in slugs:
        assert read(to_topic(slug)) == Link(LinkTo.TOPIC, slug)
    for question in the_bank():
        assert len(to_question(question.id)) <= LONGEST
        assert read(to_question(question.id)) == Link(LinkTo.QUESTION, question.id)
