"""What the judge says of a bank."""

from dataclasses import replace

from interview.question import KeyPoint, Kind, Level, Question, Sample
from judging.bank import cross_ticks, own_answer_gaps, own_answer_gaps_without_also, sample_agreement

DROPOUT = Question(
    id="deep-learning/dropout",
    topic="deep-learning",
    facet="training",
    level=Level.JUNIOR,
    kind=Kind.DEFINITION,
    stem="How does dropout work?",
    answer=(
        "In training every neuron is switched off at random with probability p, so none can rely on its "
        "neighbours. At test time nothing is dropped and the outputs are rescaled."
    ),
    key_points=(
        KeyPoint("Neurons are switched off at random in training", phrases=("switched off at random",)),
        KeyPoint("No neuron can rely on its neighbours", phrases=("rely on its neighbours", "co-adaptation")),
        KeyPoint("At test time nothing is dropped", phrases=("nothing is dropped",)),
    ),
    samples=(
        Sample(
            "Random neurons are switched off at random while training. At test time nothing is dropped.",
            (1, 3),
        ),
        Sample("No neuron can rely on its neighbours any more.", (2,)),
    ),
)
KMEANS = replace(
    DROPOUT,
    id="unsupervised/k-means",
    stem="How does k-means work?",
    answer="Points go to the nearest centroid, centroids move to the mean of their points, until it settles.",
    key_points=(
        KeyPoint("Points are assigned to the nearest centroid", phrases=("nearest centroid",)),
        KeyPoint("Centroids move to the mean of their points", phrases=("mean of their points",)),
    ),
    samples=(),
)


def test_an_answer_that_says_its_points_has_no_gaps():
    assert own_answer_gaps(DROPOUT) == []
    assert own_answer_gaps_without_also(DROPOUT) == []


def test_a_point_that_the_answer_does_not_say_is_a_gap():
    more = replace(DROPOUT, key_points=(*DROPOUT.key_points, KeyPoint("It acts like averaging an ensemble")))

    assert own_answer_gaps(more) == [3]


def test_only_the_rewording_found_a_point_that_falls_without_it():
    hidden = KeyPoint(
        "Test behaviour is deterministic", also=("at test time nothing is dropped, outputs are rescaled",)
    )
    helped = replace(DROPOUT, key_points=(*DROPOUT.key_points[:2], hidden))

    assert own_answer_gaps(helped) == []
    assert own_answer_gaps_without_also(helped) == [2]


def test_strangers_do_not_tick_each_other_and_twins_do():
    twin = replace(DROPOUT, id="deep-learning/dropout-again")

    assert cross_ticks([DROPOUT, KMEANS]) == []
    assert [
        (found.question, found.answer_of, found.ticked) for found in cross_ticks([DROPOUT, KMEANS, twin])
    ] == [
        (DROPOUT.id, twin.id, (0, 1, 2)),
        (twin.id, DROPOUT.id, (0, 1, 2)),
    ]


def test_samples_are_counted_point_by_point():
    found = sample_agreement([DROPOUT, KMEANS])

    assert (found.replies, found.points) == (2, 6)
    assert found.balanced_accuracy == 1.0
