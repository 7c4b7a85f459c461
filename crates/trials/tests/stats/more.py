"""Makes more.json: every method on other inputs than cases.json, computed by other programs.

Needs scipy, statsmodels and lifelines; random inputs come from a seeded generator. Where no package
has a method, it is computed here in another way than the crate does: CR2 and CR3 with whole matrices
(Pustejovsky and Tipton, 2018), Miettinen and Nurminen's interval by maximising the restricted
likelihood, the multinomial test by SciPy's multinomial over all tables.
"""

import itertools
import json
import math
import pathlib
import warnings

import lifelines
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from lifelines.utils import restricted_mean_survival_time
from scipy import optimize, special, stats
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

warnings.simplefilter("ignore")
rng = np.random.default_rng(20261126)
names = {
    case["id"]: case["method"]
    for case in json.loads(pathlib.Path(__file__).with_name("cases.json").read_text())["cases"]
}
cases = []


def add(like, inputs, expected, computed_with, tolerance=1e-9):
    cases.append(
        {
            "id": f"{like}_{len(cases)}",
            "method": names[like],
            "inputs": inputs,
            "expected": expected,
            "tolerance_abs": tolerance,
            "computed_with": computed_with,
        }
    )


def floats(values, digits=3):
    return [round(float(value), digits) for value in values]


def score_interval(x1, n1, x2, n2, alpha):
    z = stats.norm.isf(alpha / 2)

    def statistic(d):
        def minus_likelihood(q):
            p = q + d
            return -(
                special.xlogy(x1, p)
                + special.xlogy(n1 - x1, 1 - p)
                + special.xlogy(x2, q)
                + special.xlogy(n2 - x2, 1 - q)
            )

        low, high = max(0, -d), min(1, 1 - d)
        q = optimize.minimize_scalar(
            minus_likelihood, bounds=(low, high), method="bounded", options={"xatol": 1e-14}
        ).x
        p = q + d
        n = n1 + n2
        variance = (p * (1 - p) / n1 + q * (1 - q) / n2) * n / (n - 1)
        return (x1 / n1 - x2 / n2 - d) / math.sqrt(variance)

    seen = x1 / n1 - x2 / n2
    return [
        optimize.brentq(lambda d: statistic(d) - z, -1 + 1e-9, seen - 1e-9, xtol=1e-12),
        optimize.brentq(lambda d: statistic(d) + z, seen + 1e-9, 1 - 1e-9, xtol=1e-12),
    ]


# Shares.
for x, n, alpha in [(1, 7, 0.1), (150, 151, 0.01), (20, 20, 0.05), (33333, 100000, 0.05)]:
    lower, upper = proportion_confint(x, n, alpha=alpha, method="wilson")
    add(
        "wilson_0_20",
        {"x": x, "n": n, "alpha": alpha},
        {"lower": float(lower), "upper": float(upper)},
        "statsmodels proportion_confint",
    )
for x1, n1, x2, n2, alpha in [
    (5, 56, 0, 29, 0.05),
    (10, 10, 0, 20, 0.05),
    (29, 29, 29, 29, 0.1),
    (812, 9000, 640, 4100, 0.01),
]:
    lower, upper = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", alpha=alpha)
    add(
        "newcombe_9_10_3_10",
        {"x1": x1, "n1": n1, "x2": x2, "n2": n2, "alpha": alpha},
        {"diff": x1 / n1 - x2 / n2, "lower": float(lower), "upper": float(upper)},
        "statsmodels confint_proportions_2indep",
    )
for x1, n1, x2, n2, alpha in [(7, 34, 1, 34, 0.05), (90, 120, 310, 340, 0.1), (3, 800, 9, 790, 0.05)]:
    z, p = proportions_ztest([x1, x2], [n1, n2])
    p1, p2 = x1 / n1, x2 / n2
    wald = (p1 - p2) / math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    table = sm.stats.Table2x2(np.array([[x1, n1 - x1], [x2, n2 - x2]]))
    add(
        "two_prop_trial",
        {"x1": x1, "n1": n1, "x2": x2, "n2": n2, "alpha": alpha},
        {
            "score_mn": score_interval(x1, n1, x2, n2, alpha),
            "z_pooled": float(z),
            "p_pooled": float(p),
            "chi2": float(stats.chi2_contingency(table.table, correction=False)[0]),
            "z_wald": wald,
            "p_wald": float(2 * stats.norm.sf(abs(wald))),
            "rr": float(table.riskratio),
            "rr_ci": floats(table.riskratio_confint(alpha), 14),
            "odds_ratio": float(table.oddsratio),
            "or_ci": floats(table.oddsratio_confint(alpha), 14),
            "p_fisher_two_sided": float(stats.fisher_exact(table.table)[1]),
        },
        "statsmodels proportions_ztest, Table2x2; scipy fisher_exact; score interval by likelihood",
        1e-7,
    )

# Means.
for n1, n2, alpha in [(3, 2, 0.05), (25, 60, 0.01), (400, 7, 0.1)]:
    g1, g2 = floats(rng.normal(1, 2, n1)), floats(rng.gamma(2, 1, n2))
    test = stats.ttest_ind(g1, g2, equal_var=False)
    interval = test.confidence_interval(1 - alpha)
    add(
        "welch_sleep",
        {"g1": g1, "g2": g2, "alpha": alpha},
        {
            "t": float(test.statistic),
            "df": float(test.df),
            "p": float(test.pvalue),
            "diff": float(np.mean(g1) - np.mean(g2)),
            "ci": [float(interval.low), float(interval.high)],
        },
        "scipy ttest_ind",
        1e-8,
    )

# Sample ratio.
for observed, weights in [([12, 30, 8], [1, 2, 1]), ([40000, 41000, 0], [1, 1, 0]), ([1, 0], [3, 1])]:
    kept = [(o, w) for o, w in zip(observed, weights) if w]
    o = np.array([o for o, _ in kept])
    w = np.array([w for _, w in kept])
    test = stats.chisquare(o, o.sum() * w / w.sum())
    add(
        "srm_weights",
        {"observed": observed, "weights": weights},
        {
            "chi2": float(test.statistic),
            "df": len(kept) - 1,
            "p": float(test.pvalue),
            "flag_at_0_001": bool(test.pvalue < 0.001),
        },
        "scipy chisquare",
    )
for x, n, p0 in [(3, 40, 0.2), (0, 12, 0.5), (700, 1500, 0.5), (12, 13, 1 / 3)]:
    add(
        "srm_exact_binomial",
        {"x": x, "n": n, "p0": p0},
        {"p": float(stats.binomtest(x, n, p0).pvalue)},
        "scipy binomtest",
        1e-10,
    )
for n, theta, prior in [([3, 9, 2], [0.25, 0.5, 0.25], [1, 2, 1]), ([900, 800], [0.5, 0.5], [5, 5])]:
    n_, a = np.array(n), np.array(prior)
    log = stats.dirichlet_multinomial.logpmf(n_, a, n_.sum()) - stats.multinomial.logpmf(
        n_, n_.sum(), theta
    )
    add(
        "ssrm_ok",
        {"n": n, "theta0": theta, "dirichlet_prior": prior},
        {"log_e": float(log), "p_now": float(min(1, math.exp(-log)))},
        "scipy dirichlet_multinomial and multinomial",
        1e-8,
    )

# Several comparisons, with ties.
p = [0.001, 0.2, 0.2, 0.03, 0.9, 0.012, 0.03, 1.0, 0.0]
methods = {"holm": "holm", "hochberg": "simes-hochberg", "bonferroni": "bonferroni"}
methods |= {"bh": "fdr_bh", "by": "fdr_by"}
add(
    "holm_basic",
    {"p": p},
    {name: [float(q) for q in multipletests(p, method=how)[1]] for name, how in methods.items()},
    "statsmodels multipletests",
    1e-12,
)


# Intention to treat.
def t_test(fit, column, alpha):
    low, high = fit.conf_int(alpha)[column]
    return {
        "est": float(fit.params[column]),
        "se": float(fit.bse[column]),
        "t": float(fit.tvalues[column]),
        "df": float(fit.df_resid),
        "p": float(fit.pvalues[column]),
        "ci": [float(low), float(high)],
    }


for n, alpha in [(9, 0.1), (61, 0.05), (300, 0.01)]:
    d = rng.permutation(np.arange(n) % 3 == 0).astype(float)
    x = np.array(floats(rng.normal(40, 11, n), 2))
    y = np.array(floats(0.3 * d + 0.05 * x * (1 + d) + rng.normal(0, 1 + d, n), 3))
    constant, centred = np.ones(n), x - x.mean()
    designs = {
        "unadjusted": np.column_stack([constant, d]),
        "ancova": np.column_stack([constant, d, x]),
        "lin": np.column_stack([constant, d, centred, d * centred]),
    }
    fits = {
        (name, kind): sm.OLS(y, design).fit(cov_type=kind, use_t=True)
        for name, design in designs.items()
        for kind in ["nonrobust", "HC0", "HC1", "HC2", "HC3"]
    }
    expected = {f"{name}_HC2": t_test(fits[name, "HC2"], 1, alpha) for name in designs}
    for kind in ["HC0", "HC1", "HC3"]:
        expected[f"lin_se_{kind}"] = float(fits["lin", kind].bse[1])
    expected["lin_se_classical"] = float(fits["lin", "nonrobust"].bse[1])
    expected["neyman_se"] = math.sqrt(
        y[d == 1].var(ddof=1) / d.sum() + y[d == 0].var(ddof=1) / (n - d.sum())
    )
    add(
        "itt_lin_hc2",
        {"y": y.tolist(), "d": d.tolist(), "x": x.tolist(), "alpha": alpha},
        expected,
        "statsmodels OLS",
        1e-7,
    )

# Those who saw it.
z = rng.permutation(np.arange(80) % 2).astype(float)
seen = (rng.random(80) < 0.15 + 0.6 * z).astype(float)
y = np.array(floats(2 * seen + rng.normal(0, 1, 80)))
from statsmodels.sandbox.regression.gmm import IV2SLS  # noqa: E402

iv = IV2SLS(y, sm.add_constant(seen), sm.add_constant(z)).fit()
residual = y - sm.add_constant(seen) @ iv.params
projected = sm.add_constant(z) @ np.linalg.lstsq(sm.add_constant(z), sm.add_constant(seen), rcond=None)[0]
bread = np.linalg.inv(projected.T @ projected)
meat = (projected * residual[:, None] ** 2).T @ projected
se = math.sqrt((bread @ meat @ bread)[1, 1])
add(
    "cace_wald",
    {"z": z.tolist(), "seen": seen.tolist(), "y": y.tolist()},
    {"cace": float(iv.params[1]), "se_HC0": se, "se_HC1": se * math.sqrt(80 / 78)},
    "statsmodels IV2SLS; its sandwich with numpy",
)

# Sizes.
for p1, p2, alpha, power in [(0.5, 0.35, 0.05, 0.9), (0.02, 0.03, 0.01, 0.8), (0.9, 0.8, 0.1, 0.7)]:
    h = 2 * math.asin(math.sqrt(p1)) - 2 * math.asin(math.sqrt(p2))
    za, zb = stats.norm.isf(alpha / 2), stats.norm.ppf(power)
    both = (p1 + p2) / 2
    spread = p1 * (1 - p1) + p2 * (1 - p2)
    add(
        "power_two_prop",
        {"p1": p1, "p2": p2, "alpha": alpha, "power": power},
        {
            "n_unpooled": (za + zb) ** 2 * spread / (p1 - p2) ** 2,
            "n_pooled": (za * math.sqrt(2 * both * (1 - both)) + zb * math.sqrt(spread)) ** 2
            / (p1 - p2) ** 2,
            "n_arcsine": float(NormalIndPower().solve_power(h, None, alpha, power)),
        },
        "statsmodels NormalIndPower; textbook formulas with scipy quantiles",
        1e-6,
    )
for d, alpha, power in [(1.2, 0.05, 0.8), (0.1, 0.05, 0.9), (2.5, 0.01, 0.95), (-0.3, 0.1, 0.8)]:
    n = TTestIndPower().solve_power(abs(d), None, alpha, power)
    add(
        "power_t",
        {"d": d, "alpha": alpha, "power": power},
        {"n": float(n), "n_ceil": math.ceil(n)},
        "statsmodels TTestIndPower",
        1e-4,
    )


# Time to an event: with ties, with censoring at the same time as events, and unequal arms.
def survival(n, scale, step):
    time = np.ceil(rng.exponential(scale, n) / step) * step
    censored = np.ceil(rng.uniform(0, 2.5 * scale, n) / step) * step
    return np.minimum(time, censored), (time <= censored).astype(int)


for n1, n0, step, tau in [(40, 25, 2.0, 18.0), (15, 60, 0.5, 12.0), (120, 120, 7.0, 28.0)]:
    time_1, event_1 = survival(n1, 14.0, step)
    time_0, event_0 = survival(n0, 20.0, step)
    km_1 = lifelines.KaplanMeierFitter().fit(time_1, event_1)
    km_0 = lifelines.KaplanMeierFitter().fit(time_0, event_0)
    time, event = np.concatenate([time_1, time_0]), np.concatenate([event_1, event_0])
    x = np.concatenate([np.ones(n1), np.zeros(n0)])
    chi2, p = survdiff(time, event, x)
    rank = lifelines.statistics.logrank_test(time_1, time_0, event_1, event_0)
    assert abs(chi2 - rank.test_statistic) < 1e-6
    efron = PHReg(time, x[:, None], status=event, ties="efron").fit()
    breslow = PHReg(time, x[:, None], status=event, ties="breslow").fit()
    rmst = [restricted_mean_survival_time(km, t=tau, return_variance=False) for km in (km_1, km_0)]
    steps = {}
    for when in sorted(set(time_1[event_1 == 1])):
        steps[f"{when:g}"] = float(km_1.predict(when))
    medians = [float(km.median_survival_time_) for km in (km_1, km_0)]
    expected = {
        "km_1": steps,
        "logrank_chi2": float(chi2),
        "logrank_p": float(p),
        "cox_efron_beta": float(efron.params[0]),
        "cox_efron_se": float(efron.bse[0]),
        "cox_breslow_beta": float(breslow.params[0]),
        "cox_breslow_se": float(breslow.bse[0]),
        "rmst_1": float(rmst[0]),
        "rmst_0": float(rmst[1]),
    }
    for name, median in zip(["median_1", "median_0"], medians):
        if math.isfinite(median):
            expected[name] = median
    add(
        "survival_6mp",
        {
            "time_1": time_1.tolist(),
            "event_1": event_1.tolist(),
            "time_0": time_0.tolist(),
            "event_0": event_0.tolist(),
            "tau": tau,
        },
        expected,
        "lifelines KaplanMeierFitter, restricted_mean_survival_time; statsmodels survdiff, PHReg",
        1e-6,
    )
    stratum = rng.integers(0, 4, n1 + n0)
    chi2, p = survdiff(time, event, x, strata=stratum)
    add(
        "logrank_stratified",
        {
            "time": time.tolist(),
            "event": event.tolist(),
            "group": x.astype(int).tolist(),
            "stratum": stratum.tolist(),
        },
        {"chi2": float(chi2), "p": float(p)},
        "statsmodels survdiff(strata=)",
        1e-8,
    )

# Competing events; no ties, because lifelines moves tied times apart at random.
time = rng.permutation(np.arange(1, 61)).astype(float)
cause = rng.choice([0, 1, 2], 60, p=[0.3, 0.45, 0.25])
curves = {}
for name, which in [("cif_job", 1), ("cif_other", 2)]:
    fitted = lifelines.AalenJohansenFitter(calculate_variance=False).fit(time, cause, which)
    density = fitted.cumulative_density_.iloc[:, 0]
    curves[name] = {f"{when:g}": float(density.loc[when]) for when in sorted(time[cause == which])}
add(
    "cuminc_aj",
    {"time": time.tolist(), "cause": cause.tolist()},
    curves,
    "lifelines AalenJohansenFitter",
    1e-10,
)


# Clusters.
def cr(y, design, groups, column, power):
    """Standard error with (I - H)^power on each cluster's residuals, and Bell-McCaffrey's df."""
    bread = np.linalg.inv(design.T @ design)
    n = len(y)
    left = np.eye(n) - design @ bread @ design.T
    residual = left @ y
    weights, variance = [], 0.0
    for group in np.unique(groups):
        own = groups == group
        values, vectors = np.linalg.eigh(left[np.ix_(own, own)])
        adjust = vectors @ np.diag(values**power) @ vectors.T
        weight = np.zeros(n)
        weight[own] = adjust @ (design[own] @ bread[:, column])
        variance += (weight @ residual) ** 2
        weights.append(left @ weight)
    product = np.array(weights) @ np.array(weights).T
    return math.sqrt(variance), np.trace(product) ** 2 / (product**2).sum()


for sizes, treated, alpha in [([3, 9, 5, 2, 7, 4], 2, 0.05), ([12] * 5 + [30] * 7, 6, 0.1)]:
    groups = np.repeat(np.arange(len(sizes)), sizes)
    chosen = rng.permutation(np.arange(len(sizes)) < treated)
    d = chosen[groups].astype(float)
    y = np.array(floats(d * 0.4 + rng.normal(0, 0.6, len(sizes))[groups] + rng.normal(0, 1, len(d))))
    design = np.column_stack([np.ones(len(d)), d])
    fit = sm.OLS(y, design).fit()
    robust = sm.OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    plain = sm.OLS(y, design).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}, use_t=True
    )
    estimate = float(fit.params[1])

    def with_t(se, df):
        half = stats.t.isf(alpha / 2, df) * se
        return {
            "se": se,
            "t": estimate / se,
            "df": df,
            "p": float(2 * stats.t.sf(abs(estimate / se), df)),
            "ci": [estimate - half, estimate + half],
        }

    cr2_se, cr2_df = cr(y, design, groups, 1, -0.5)
    cr3_se, _ = cr(y, design, groups, 1, -1.0)
    means = np.array([y[groups == group].mean() for group in range(len(sizes))])
    by_mean = stats.ttest_ind(means[chosen], means[~chosen])
    sums = np.array([[y[groups == g].sum(), sizes[g]] for g in range(len(sizes))])
    differences = []
    for pick in itertools.combinations(range(len(sizes)), treated):
        one = sums[list(pick)].sum(axis=0)
        other = sums.sum(axis=0) - one
        differences.append(one[0] / one[1] - other[0] / other[1])
    as_large = np.abs(differences) >= abs(estimate) - 1e-9
    add(
        "cluster_robust",
        {"cluster": groups.tolist(), "d": d.tolist(), "y": y.tolist(), "alpha": alpha},
        {
            "est": estimate,
            "naive_se": float(fit.bse[1]),
            "cr0_se": float(plain.bse[1]),
            "cr1": with_t(float(robust.bse[1]), len(sizes) - 1),
            "cr2": with_t(cr2_se, cr2_df),
            "cr3": with_t(cr3_se, len(sizes) - 1),
            "cluster_mean_t": {"t": float(by_mean.statistic), "p": float(by_mean.pvalue)},
            "ri_p": float(as_large.mean()),
            "ri_allocations": len(differences),
        },
        "statsmodels OLS cluster, scipy ttest_ind; CR2, CR3 and df with whole matrices in numpy",
        1e-8,
    )

y = floats(rng.normal(0, 1, 11))
z = [1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0]
groups = [np.array(y)[np.array(z) == arm] for arm in (1, 0)]
test = stats.permutation_test(
    groups, lambda a, b: a.mean() - b.mean(), n_resamples=np.inf, permutation_type="independent"
)
add(
    "fisher_ri",
    {"y": y, "z": z},
    {"diff": float(test.statistic), "allocations": math.comb(11, 4), "p": float(np.mean(
        np.abs(test.null_distribution) >= abs(test.statistic) - 1e-12))},
    "scipy permutation_test",
    1e-12,
)

# A share at any time: the beta-binomial mixture with SciPy's betaln and brentq.
for x, n, alpha, best in [(0, 30, 0.05, 100), (3, 900, 0.01, 500), (77, 120, 0.1, 20)]:
    log = 2 * math.log(1 / 0.05)

    def mixture(p):
        spread = p * (1 - p)
        rho = best * spread / (log + math.log1p(log))
        concentration = max(rho - spread, 1e-3 * spread)
        a, b = concentration / p, concentration / (1 - p)
        return (
            special.betaln(a + n - x, b + x)
            - special.betaln(a, b)
            - x * math.log(p)
            - (n - x) * math.log(1 - p)
            + math.log(alpha)
        )

    share = x / n
    lower = 0.0 if x == 0 else optimize.brentq(mixture, 1e-12, share, xtol=1e-15)
    upper = optimize.brentq(mixture, max(share, 1e-12), 1 - 1e-12, xtol=1e-15)
    add(
        "bernoulli_cs_40_100",
        {"x": x, "n": n, "alpha": alpha, "t_opt": best},
        {"lower": lower, "upper": upper},
        "scipy betaln, brentq",
        1e-8,
    )

source = {
    package.__name__: package.__version__ for package in (scipy, statsmodels, lifelines, np)
}
text = ",\n".join("    " + json.dumps(case, ensure_ascii=False) for case in cases)
pathlib.Path(__file__).with_name("more.json").write_text(
    f'{{\n  "source": {json.dumps(source)},\n  "cases": [\n{text}\n  ]\n}}\n'
)
print(len(cases))
