"""What people type for a topic, and what is wrong with a taxonomy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.problems import Broken
from content.taxonomy import TAXONOMY_FILE, Match, Taxonomy, Unknown, normal, read_taxonomy

TAXONOMY = read_taxonomy()


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return TAXONOMY


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("metrics", "metrics"),
        ("Metrics", "metrics"),
        ("metrcs", "metrics"),
        ("metric", "metrics"),
        ("Metrics, thresholds & calibration", "metrics"),
        ("f1", "metrics/classification"),
        ("F1-score", "metrics/classification"),
        ("roc auc", "metrics/curves"),
        ("ROC_AUC", "metrics/curves"),
        ("calib", "metrics/calibration"),
        ("metrics/calibration", "metrics/calibration"),
        ("confusion matrix", "metrics/classification"),
        ("precision and recall", "metrics/classification"),
        ("Random Forest", "trees-ensembles/ensembles"),
        ("randomforest", "trees-ensembles/ensembles"),
        ("decision trees", "trees-ensembles/trees"),
        ("trees", "trees-ensembles"),
        ("tree", "trees-ensembles/trees"),
        ("gradient boosting", "trees-ensembles/boosting"),
        ("gradient descent", "deep-learning/training"),
        ("a/b tests", "experiments/ab-testing"),
        ("A/B testing", "experiments/ab-testing"),
        ("a-b test", "experiments/ab-testing"),
        ("k means", "unsupervised/clustering"),
        ("t-SNE", "unsupervised/dimensionality"),
        ("clustring", "unsupervised"),
        ("logistic regression", "classic-models/linear"),
        ("KNN", "classic-models/knn-bayes"),
        ("naive bayes", "classic-models/knn-bayes"),
        ("bayes theorem", "statistics/probability"),
        ("probabilty", "statistics/probability"),
        ("stat", "statistics"),
        ("machine learning", "fundamentals"),
        ("overfiting", "fundamentals/generalisation"),
        ("bias variance", "fundamentals/generalisation"),
        ("cross validation", "data-prep/validation"),
        ("neural network", "deep-learning/architectures"),
        ("computer vision", "deep-learning/vision"),
        ("transformrs", "nlp/transformers"),
        ("large language model", "llm"),
        ("llm evaluation", "llm/evaluation"),
        ("llm/rag", "llm/rag"),
        ("/topic rag", "llm/rag"),
        ("#rag", "llm/rag"),
        ("reco", "recsys"),
        ("time series forecasting", "sequential/time-series"),
        ("sytem design", "system-design"),
        ("SQL joins", "coding/sql"),
        ("xai", "responsible/interpretability"),
        ("HR", "behavioural"),
    ],
)
def test_what_people_type_is_understood(taxonomy: Taxonomy, typed: str, meant: str) -> None:
    found = taxonomy.find(typed)

    assert isinstance(found, Match)
    assert found.slug == meant


@pytest.mark.parametrize("typed", ["", "test", "zzz", "🙂", "cats", "a", "xg", "precision lora"])
def test_what_nobody_means_gives_the_nearest_three(taxonomy: Taxonomy, typed: str) -> None:
    found = taxonomy.find(typed)

    assert isinstance(found, Unknown)
    assert len(found.nearest) == len({match.slug for match in found.nearest}) == 3


def test_what_is_near_nothing_gives_the_first_topics(taxonomy: Taxonomy) -> None:
    found = taxonomy.find("zzz")

    assert isinstance(found, Unknown)
    assert [match.slug for match in found.nearest] == ["fundamentals", "statistics", "experiments"]


@pytest.mark.parametrize(
    "typed, first, other",
    [
        ("cv", "data-prep/validation", "deep-learning/vision"),
        ("Bias", "responsible/fairness", "fundamentals/generalisation"),
    ],
)
def test_a_name_with_two_readings_offers_the_other(
    taxonomy: Taxonomy, typed: str, first: str, other: str
) -> None:
    found = taxonomy.find(typed)

    assert isinstance(found, Match)
    assert found.slug == first
    assert found.other is not None
    assert found.other.slug == other


def test_every_name_of_the_taxonomy_leads_to_its_own_place(taxonomy: Taxonomy) -> None:
    shorts = {normal(topic.short): topic.slug for topic in taxonomy}
    for topic in taxonomy:
        for name, facet in topic.aliases.items():
            found = taxonomy.find(name)
            if shorts.get(name) == topic.slug:
                facet = None  # the topic's own name on buttons means all of it
            assert isinstance(found, Match), name
            assert found.slug == (f"{topic.slug}/{facet}" if facet else topic.slug)
        for one in topic.facets:
            found = taxonomy.find(f"{topic.slug}/{one.slug}")
            assert isinstance(found, Match)
            assert (found.topic, found.facet) == (topic, one)


@given(st.text(max_size=40))
def test_any_text_finds_something(typed: str) -> None:
    found = TAXONOMY.find(typed)

    assert isinstance(found, Match) or len(found.nearest) == 3


def test_there_are_eighteen_topics_with_labels_for_buttons(taxonomy: Taxonomy) -> None:
    assert len(taxonomy.topics) == 18
    assert len({topic.short for topic in taxonomy}) == 18
    assert taxonomy.topics[0].slug == "fundamentals"
    assert {taxonomy.find(topic.slug).__class__ for topic in taxonomy} == {Match}


@pytest.mark.parametrize(
    "change, says",
    [
        (('aliases = ["stats"', 'aliases = ["basics", "stats"'), "claims 'basics'"),
        (('aliases = ["stats"', 'aliases = ["statistics", "stats"'), "claims 'statistics'"),
        (('aliases = ["stats"', 'aliases = ["bayes", "stats"'), "claims 'bayes' twice"),
        (('aliases = ["stats"', 'aliases = ["Big Stats", "stats"'), "write 'big-stats'"),
        (('cv = "deep-learning/vision"', 'cv = "deep-learning/eyes"'), "does not exist"),
        (('short = "Statistics"', 'shrt = "Statistics"'), "unknown key 'shrt'"),
        (('short = "Statistics"', "short = 3"), "must be a text"),
        (('short = "Statistics"', 'short = "A label that fits no button"'), "16 are allowed"),
        (("[[topics]]", "[[topics"), "is not TOML"),
    ],
)
def test_a_broken_taxonomy_says_what_is_wrong(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    text = TAXONOMY_FILE.read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "taxonomy.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")

    with pytest.raises(Broken) as broken:
        read_taxonomy(path)

    assert says in str(broken.value)
