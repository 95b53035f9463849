"""Formulas on one line: what a reader of a phone sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.formula import FormulaError, fits_a_line, to_unicode

SET = [
    # one letter is lifted, whatever follows it
    (r"X^TX", "XᵀX"),
    (r"(X^TX)^{-1}X^Ty", "(XᵀX)⁻¹Xᵀy"),
    # scores
    (r"F_1 = \frac{2PR}{P+R}", "F₁ = 2PR / (P + R)"),
    (r"F_1 = 2 \cdot \frac{P \cdot R}{P + R}", "F₁ = 2 · P · R / (P + R)"),
    (r"F_1 = 2\frac{PR}{P+R}", "F₁ = 2 · PR / (P + R)"),
    (r"F_1 = \frac{2TP}{2TP + FP + FN}", "F₁ = 2TP / (2TP + FP + FN)"),
    (r"F_\beta = (1+\beta^2)\frac{PR}{\beta^2 P + R}", "Fᵦ = (1 + β²) · PR / (β²P + R)"),
    (r"\frac{\text{TP}}{\text{TP} + \text{FN}}", "TP / (TP + FN)"),
    (
        r"\text{MCC} = \frac{TP \cdot TN - FP \cdot FN}{\sqrt{(TP+FP)(TP+FN)(TN+FP)(TN+FN)}}",
        "MCC = (TP · TN − FP · FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN))",
    ),
    (r"\text{AUC} = P(s^+ > s^-)", "AUC = P(s⁺ > s⁻)"),
    (r"R^2 = 1 - \frac{SS_{\text{res}}}{SS_{\text{tot}}}", "R² = 1 − SSᵣₑₛ/SSₜₒₜ"),
    (r"\text{precision}@k", "precision@k"),
    (r"DCG_k = \sum_{i=1}^k \frac{2^{rel_i} - 1}{\log_2(i+1)}", "DCGₖ = ∑ᵢ₌₁ᵏ (2^(relᵢ) − 1) / log₂(i + 1)"),
    (r"\text{IoU} = \frac{|A \cap B|}{|A \cup B|}", "IoU = |A ∩ B| / |A ∪ B|"),
    (
        r"\text{MAPE} = \frac{100\%}{n}\sum_t \left|\frac{y_t - \hat y_t}{y_t}\right|",
        "MAPE = (100%/n) ∑ₜ |(yₜ − ŷₜ) / yₜ|",
    ),
    # probability and statistics
    (r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}", "P(A | B) = P(B | A) P(A) / P(B)"),
    (r"P(A|B) = \frac{P(B|A)P(A)}{P(B)}", "P(A | B) = P(B | A) P(A) / P(B)"),
    (r"\text{lift} = \frac{P(A \cap B)}{P(A)P(B)}", "lift = P(A ∩ B) / (P(A) P(B))"),
    (r"X \sim \mathcal{N}(\mu, \sigma^2)", "X ∼ 𝒩(μ, σ²)"),
    (r"t = \frac{\bar{x} - \mu_0}{s / \sqrt{n}}", "t = (x̄ − μ₀) / (s/√n)"),
    (
        r"t = \frac{\bar{x}_1 - \bar{x}_2}{\sqrt{\frac{s_1^2}{n_1} + \frac{s_2^2}{n_2}}}",
        "t = (x̄₁ − x̄₂) / √(s₁²/n₁ + s₂²/n₂)",
    ),
    (r"\hat p \pm 1.96\sqrt{\frac{\hat p(1-\hat p)}{n}}", "p̂ ± 1.96√(p̂(1 − p̂) / n)"),
    (r"\rho = \frac{\operatorname{Cov}(X,Y)}{\sigma_X \sigma_Y}", "ρ = Cov(X, Y) / (σ_X σ_Y)"),
    (r"\text{Var}(X) = \mathbb{E}[X^2] - (\mathbb{E}[X])^2", "Var(X) = 𝔼[X²] − (𝔼[X])²"),
    (r"\binom{n}{k} p^k (1-p)^{n-k}", "C(n, k) pᵏ(1 − p)ⁿ⁻ᵏ"),
    (r"\frac{\lambda^k e^{-\lambda}}{k!}", "λᵏ e^(−λ) / k!"),
    (r"\frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}", "(1/√(2πσ²)) e^(−(x−μ)²/(2σ²))"),
    (r"\hat{\sigma}^2 = \frac{1}{n-1}\sum_{i=1}^n (x_i - \bar{x})^2", "σ̂² = (1 / (n − 1)) ∑ᵢ₌₁ⁿ (xᵢ − x̄)²"),
    (r"\mathbb{P}(|X - \mu| \ge k\sigma) \le \frac{1}{k^2}", "ℙ(|X − μ| ≥ kσ) ≤ 1/k²"),
    (r"\lim_{n \to \infty} \bar X_n = \mu", "lim_(n→∞) X̄ₙ = μ"),
    (r"(1 - 1/n)^n \to e^{-1} \approx 0.368", "(1 − 1/n)ⁿ → e⁻¹ ≈ 0.368"),
    (r"1 - (1-\alpha)^m", "1 − (1 − α)ᵐ"),
    (r"n = \frac{16 \sigma^2}{\Delta^2}", "n = 16σ²/Δ²"),
    (r"Y(1), Y(0) \perp\!\!\!\perp T \mid X", "Y(1), Y(0) ⫫ T | X"),
    (r"\int_{-\infty}^{\infty} f(x)\,dx = 1", "∫_(−∞…∞) f(x) dx = 1"),
    (r"\int_a^b f(x) dx", "∫ₐᵇ f(x) dx"),
    # information
    (r"H = -\sum_i p_i \log_2 p_i", "H = −∑ᵢ pᵢ log₂ pᵢ"),
    (r"\text{Gini} = 1 - \sum_{k=1}^K p_k^2", "Gini = 1 − ∑ₖ₌₁ᴷ pₖ²"),
    (r"\mathrm{KL}(P \,\|\, Q) = \sum_x P(x) \log \frac{P(x)}{Q(x)}", "KL(P ‖ Q) = ∑ₓ P(x) log(P(x)/Q(x))"),
    (r"D_{KL}(p \| q)", "D_KL(p ‖ q)"),
    (r"L = -\sum_{c=1}^{C} y_c \log p_c", "L = −∑_(c=1…C) y_c log p_c"),
    (
        r"-\frac{1}{n}\sum_{i=1}^{n} \left[ y_i \log \hat{p}_i + (1-y_i)\log(1-\hat{p}_i) \right]",
        "−(1/n) ∑ᵢ₌₁ⁿ [yᵢ log p̂ᵢ + (1 − yᵢ) log(1 − p̂ᵢ)]",
    ),
    (r"\text{PSI} = \sum_i (a_i - e_i) \ln\frac{a_i}{e_i}", "PSI = ∑ᵢ (aᵢ − eᵢ) ln(aᵢ/eᵢ)"),
    (
        r"\log p(x) \ge \mathbb{E}_{q(z \mid x)}[\log p(x \mid z)] - \mathrm{KL}(q(z \mid x) \,\|\, p(z))",
        "log p(x) ≥ 𝔼_(q(z|x))[log p(x | z)] − KL(q(z | x) ‖ p(z))",
    ),
    # models
    (r"\log\frac{p}{1-p} = \beta_0 + \beta_1 x", "log(p / (1 − p)) = β₀ + β₁x"),
    (r"\sigma(x) = \frac{1}{1+e^{-x}}", "σ(x) = 1 / (1 + e⁻ˣ)"),
    (r"\sigma'(x) = \sigma(x)(1-\sigma(x))", "σ′(x) = σ(x)(1 − σ(x))"),
    (
        r"\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
        "softmax(z)ᵢ = e^(zᵢ) / ∑ⱼ₌₁ᴷ e^(zⱼ)",
    ),
    (r"\hat\beta = (X^\top X + \lambda I)^{-1} X^\top y", "β̂ = (XᵀX + λI)⁻¹Xᵀy"),
    (
        r"\min_w \lVert y - Xw \rVert_2^2 + \lambda \lVert w \rVert_2^2",
        "min_w ‖y − Xw‖₂² + λ‖w‖₂²",
    ),
    (r"\|w\|_1 = \sum_j |w_j|", "‖w‖₁ = ∑ⱼ |wⱼ|"),
    (r"\frac{1}{2}\lVert w\rVert^2 + C\sum_i \xi_i", "½‖w‖² + C ∑ᵢ ξᵢ"),
    (r"\frac{\lambda}{2}\lVert w \rVert^2", "(λ/2)‖w‖²"),
    (r"K(x, x') = \exp(-\gamma \lVert x - x' \rVert^2)", "K(x, x′) = exp(−γ‖x − x′‖²)"),
    (r"\text{VIF}_j = \frac{1}{1 - R_j^2}", "VIFⱼ = 1 / (1 − Rⱼ²)"),
    (r"\rho\sigma^2 + \frac{1-\rho}{B}\sigma^2", "ρσ² + ((1 − ρ) / B) σ²"),
    (r"\cos\theta = \frac{a \cdot b}{\lVert a \rVert \lVert b \rVert}", "cos θ = a · b / (‖a‖‖b‖)"),
    (r"\prod_{i=1}^{n} p(x_i \mid y)", "∏ᵢ₌₁ⁿ p(xᵢ | y)"),
    (r"\hat y = \operatorname{sign}(w^\top x + b)", "ŷ = sign(wᵀx + b)"),
    (r"\operatorname*{arg\,max}_k p_k", "argmaxₖ pₖ"),
    # nets, language models, reward
    (
        r"\text{Attention}(Q,K,V) = \text{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
        "Attention(Q, K, V) = softmax(QKᵀ/√dₖ) V",
    ),
    (r"QW^Q, KW^K, VW^V", "Q W^Q, K W^K, V W^V"),
    (r"\theta_{t+1} = \theta_t - \eta \nabla_\theta L(\theta_t)", "θₜ₊₁ = θₜ − η∇_θ L(θₜ)"),
    (r"m_t = \beta_1 m_{t-1} + (1-\beta_1) g_t", "mₜ = β₁mₜ₋₁ + (1 − β₁)gₜ"),
    (
        r"\theta \leftarrow \theta - \frac{\eta}{\sqrt{\hat v_t} + \epsilon} \hat m_t",
        "θ ← θ − (η / (√v̂ₜ + ε)) m̂ₜ",
    ),
    (
        r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a}\frac{\partial a}{\partial w}",
        "∂L/∂w = ∂L/∂a · ∂a/∂w",
    ),
    (r"-\frac{\partial L(y_i, F(x_i))}{\partial F(x_i)}", "−∂L(yᵢ, F(xᵢ)) / ∂F(xᵢ)"),
    (r"\frac{0.02 / 0.98}{0.5 / 0.5} = \frac{1}{49}", "(0.02/0.98) / (0.5/0.5) = 1/49"),
    (r"\frac{W - K + 2P}{S} + 1", "(W − K + 2P) / S + 1"),
    (r"W = W_0 + \frac{\alpha}{r} BA", "W = W₀ + (α/r) BA"),
    (r"PPL = \exp\left(-\frac{1}{N}\sum_{i=1}^N \log p(x_i \mid x_{<i})\right)",
     "PPL = exp(−(1/N) ∑ᵢ₌₁ᴺ log p(xᵢ | x_(<i)))"),
    (
        r"Q(s,a) \leftarrow Q(s,a) + \alpha [r + \gamma \max_{a'} Q(s', a') - Q(s,a)]",
        "Q(s, a) ← Q(s, a) + α[r + γ max_a′ Q(s′, a′) − Q(s, a)]",
    ),
    (
        r"\min_G \max_D \mathbb{E}_{x \sim p_{data}}[\log D(x)] + \mathbb{E}_{z}[\log(1 - D(G(z)))]",
        "min_G max_D 𝔼_(x∼p_data)[log D(x)] + 𝔼_z[log(1 − D(G(z)))]",
    ),
    (r"\pi^*", "π*"),
    (r"x_i^{(t)}", "xᵢ⁽ᵗ⁾"),
    (r"x_{i,j}", "xᵢ,ⱼ"),
    (r"\tilde{A} = D^{-1/2} A D^{-1/2}", "Ã = D^(−1/2) A D^(−1/2)"),
    # forgetting, numbers, sets
    (r"R(t, S) = \left(1 + F \cdot \frac{t}{S}\right)^{-w_{20}}", "R(t, S) = (1 + F · t/S)^(−w₂₀)"),
    (r"2^{-\Delta t / h}", "2^(−Δt/h)"),
    (r"0.03 \times 10{,}000 = 300", "0.03 × 10,000 = 300"),
    (r"1,000 \times 0.5", "1,000 × 0.5"),
    (r"f(1,2)", "f(1, 2)"),
    (r"P(A|B) + |x|", "P(A | B) + |x|"),
    (r"3 \cdot 10^{-4}", "3 · 10⁻⁴"),
    (r"97\,\%", "97 %"),
    (r"\{x_1, \ldots, x_n\}", "{x₁, …, xₙ}"),
    (r"x \in \mathbb{R}^{n \times d}", "x ∈ ℝ^(n×d)"),
    (r"\mathbb{1}\{x > 0\}", "𝟙{x > 0}"),
    (r"O(n \log n)", "O(n log n)"),
    (r"\sqrt[3]{x}", "∛x"),
    (r"\sqrt{2}x_1x_2 + \sqrt{n}(\bar x - \mu)", "√2 x₁x₂ + √n (x̄ − μ)"),
    (r"e^{0.7} \approx 2", "e^0.7 ≈ 2"),
    (r"\frac12", "½"),
    (r"\text{true positives} / \text{all positives}", "true positives/all positives"),
    (r"\text{if } x > 0 \text{ then } 1", "if x > 0 then 1"),
    (r"-x^2 = -(x^2)", "−x² = −(x²)"),
    (r"\not= \neq", "≠ ≠"),
]  # fmt: skip


@pytest.mark.parametrize("tex, shown", SET)
def test_a_formula_reads_well_on_one_line(tex: str, shown: str) -> None:
    assert to_unicode(tex) == unicodedata.normalize("NFC", shown)


@pytest.mark.parametrize(
    "tex, says",
    [
        ("", "empty"),
        (r"\foo{x}", r"\foo is not known"),
        (r"\frac{a}", "missing after"),
        ("{a", "'}' is missing"),
        ("a}", "closes nothing"),
        ("x^10", "x^{10}"[1:]),
        ("x_1_2", "two subscripts"),
        ("x^a^b", "two superscripts"),
        (r"\begin{cases} 1 \end{cases}", "do not fit a line"),
        ("a & b", "cannot stand"),
        ("a\x0crac{1}{2}", "U+000C"),
        ("\theta".replace("\t", "\x01"), "U+0001"),
        ("{" * 100 + "a" + "}" * 100, "too deeply"),
        ("x" * 2000, "2000 signs"),
        (r"\text{a $b$}", "holds a command"),
        (r"\frac{}{b}", "above and below"),
        (r"\sqrt{}", "something under it"),
        (r"\hat{}", "needs a letter"),
    ],
)
def test_what_is_not_known_is_said(tex: str, says: str) -> None:
    with pytest.raises(FormulaError) as error:
        to_unicode(tex)

    assert says in str(error.value)


@pytest.mark.parametrize("tex", [tex for tex, shown in SET if len(shown) < 60])
def test_what_reads_well_fits_a_line(tex: str) -> None:
    assert fits_a_line(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{1 + \frac{a}{b}}",
        r"\frac{\sum_{c=1}^{C} w_c}{C}",
        r"\begin{pmatrix} a & b \end{pmatrix}",
        r"a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t",
        r"\nonsense",
    ],
)
def test_towers_and_matrices_do_not_fit_a_line(tex: str) -> None:
    assert not fits_a_line(tex)


SIGNS = list("x2+-=()^_{} '|/,[]")
COMMANDS = [
    r"\frac",
    r"\sum",
    r"\log",
    r"\hat",
    r"\sqrt",
    r"\text{a}",
    r"\,",
    r"\left",
    r"\alpha",
    r"\|",
    r"\mathbb",
]
PARTS = st.sampled_from(SIGNS + COMMANDS)


@settings(max_examples=5 * settings().max_examples)
@given(st.lists(PARTS, max_size=14).map("".join))
def test_whatever_stands_in_it_a_formula_is_set_or_refused(tex: str) -> None:
    try:
        shown = to_unicode(tex)
    except FormulaError:
        return  # refused; anything else that it raises fails the test
    assert "\\" not in shown
    assert shown == shown.strip()
    assert "\n" not in shown
