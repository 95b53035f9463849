from __future__ import annotations

import pytest

from interview.roles import Role, mix


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_asked_something_of_every_topic(role: Role) -> None:
    shares = mix(role)

    assert len(shares) == 18
    assert all(share > 0 for share in shares.values())
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    "role, heart, fringe",
    [
        (Role.DATA_SCIENTIST, "experiments", "mlops"),
        (Role.ML_ENGINEER, "system-design", "experiments"),
        (Role.LLM_ENGINEER, "llm", "trees-ensembles"),
        (Role.ANALYST, "statistics", "deep-learning"),
    ],
)
def test_each_role_leans_to_its_own_topics(role: Role, heart: str, fringe: str) -> None:
    shares = mix(role)

    assert shares[heart] == max(shares.values())
    assert shares[heart] >= 3 * shares[fringe]


def test_everything_leans_nowhere() -> None:
    assert set(mix(Role.EVERYTHING).values()) == {1 / 18}


def test_roles_are_called_as_their_buttons_are() -> None:
    labels = ["Data scientist", "ML engineer", "LLM engineer", "Analyst", "Everything"]

    assert [role.label for role in Role] == labels
