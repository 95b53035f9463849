"""Recomputes the numbers that follow from others in the questions of the topic responsible."""

from fractions import Fraction


def test_mitigating_model_bias_the_ratio_of_selection_rates_is_sixty_hundredths() -> None:
    rate_a, rate_b = Fraction(100, 200), Fraction(45, 150)

    assert (rate_a, rate_b) == (Fraction(50, 100), Fraction(30, 100))
    assert rate_b / rate_a == Fraction(60, 100)
    assert rate_b / rate_a < Fraction(4, 5)


def test_mitigating_model_bias_the_wrong_options_come_from_the_slips_they_name() -> None:
    assert Fraction(45, 100) == Fraction(45, 150) / Fraction(100, 150)  # invited people, not rates
    assert Fraction(100, 200) - Fraction(45, 150) == Fraction(20, 100)
    assert Fraction(150, 200) == Fraction(75, 100)


def test_mitigating_model_bias_equal_precision_and_miss_rate_leave_the_false_positives_to_the_base_rate() -> (
    None
):
    precision, miss_rate = Fraction(7, 10), Fraction(2, 10)

    def false_positive_rate(base_rate: Fraction) -> Fraction:
        true_positives = base_rate * (1 - miss_rate)
        false_positives = true_positives * (1 - precision) / precision
        return false_positives / (1 - base_rate)

    assert false_positive_rate(Fraction(1, 10)) < false_positive_rate(Fraction(3, 10))


def test_mitigating_model_bias_a_score_calibrated_in_both_groups_can_have_equal_error_rates_at_one_cut() -> (
    None
):
    """A score has one value above and one below a cut of 0.4; the groups differ in the values and their shares."""

    def rates(flagged: Fraction, above: Fraction, below: Fraction) -> dict[str, Fraction]:
        defaulters = flagged * above + (1 - flagged) * below
        return {
            "base": defaulters,
            "missed": (1 - flagged) * below / defaulters,
            "false alarms": flagged * (1 - above) / (1 - defaulters),
            "precision": above,
        }

    a = rates(flagged=Fraction(2, 5), above=Fraction(1, 2), below=Fraction(1, 5))
    b = rates(flagged=Fraction(5, 11), above=Fraction(2, 3), below=Fraction(1, 3))

    assert a["base"] != b["base"]
    assert a["missed"] == b["missed"]
    assert a["false alarms"] == b["false alarms"]
    assert a["precision"] < b["precision"]
