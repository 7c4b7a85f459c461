//! The table of methods.

use serde_json::{Value, json};

use super::ComputeError;
use super::inputs::Inputs;
use super::{conduct, outcomes, sizing, times};
use crate::stats::proportion::Share;
use crate::stats::{Estimate, Interval};

pub(super) type Result = std::result::Result<Value, ComputeError>;
type Method = fn(&Inputs<'_>) -> Result;

/// Every method by its name.
pub(super) const TABLE: &[(&str, Method)] = &[
    ("Wilson score interval (no continuity correction)", outcomes::wilson),
    ("Newcombe hybrid-score (method 10) for p1-p2", outcomes::newcombe),
    (
        "Two arms, binary outcome (job found within 180 days): pooled z, Wald, Newcombe, Miettinen-Nurminen score, risk ratio (Katz log), odds ratio (Woolf), Fisher",
        outcomes::two_shares,
    ),
    ("Welch t-test", outcomes::welch),
    ("GrowthBook two-sided t-test from sufficient statistics (absolute)", outcomes::welch_of_sums),
    ("GrowthBook two-sided t-test from sufficient statistics (relative)", outcomes::welch_of_sums),
    ("Sample ratio mismatch, Pearson chi-square", conduct::ratio_pearson),
    ("Exact binomial SRM (small n, 2 arms)", conduct::ratio_exact),
    (
        "Anytime-valid SRM e-process (Dirichlet-multinomial Bayes factor; Lindon & Malek 2022)",
        conduct::ratio_anytime,
    ),
    ("Holm / Hochberg / Bonferroni / BH / BY adjusted p", outcomes::adjusted),
    (
        "ITT: unadjusted (Neyman), ANCOVA, Lin (2013) fully interacted with centred covariate; HC2 (and HC0/1/3) SEs, t with n-k df",
        outcomes::intention_to_treat,
    ),
    (
        "CACE/LATE (Wald = 2SLS with randomised arm as instrument) reported BESIDE ITT",
        outcomes::compliers,
    ),
    ("Differential attrition test and Lee (2009) bounds", outcomes::attrition),
    (
        "n per arm for 10% vs 12%, alpha .05 two-sided, power .8 (three textbook formulas)",
        sizing::power_shares,
    ),
    ("n per arm two-sample t, d=0.5", sizing::power_means),
    (
        "Minimum detectable difference, baseline 14%, 2500 vs 2500 and 4000 vs 1000",
        sizing::detectable,
    ),
    ("Design effect and clusters per arm", sizing::power_clusters),
    ("Schoenfeld events needed, HR 0.8, 1:1", sizing::power_events),
    (
        "Kaplan-Meier, Greenwood, log-rank, Cox (Efron/Breslow), RMST on the Freireich 6-MP data (stand-in for time-to-job, event=job found)",
        times::time_to_event,
    ),
    ("Stratified log-rank (strata = randomisation strata)", times::stratified_log_rank),
    (
        "Aalen-Johansen cumulative incidence with a competing exit (1=job, 2=other exit, 0=censored)",
        times::competing,
    ),
    (
        "Letters randomised per caseworker: OLS with CR0/CR1/CR2/CR3, Bell-McCaffrey df, cluster-mean t test, exact randomisation inference, ANOVA ICC",
        outcomes::clustered,
    ),
    ("Exact randomisation inference, complete randomisation 4 of 8", outcomes::randomisation),
    (
        "Asymptotic confidence sequence (Waudby-Smith et al. 2021, eq. 9), as in GrowthBook sequential t-test",
        outcomes::asymptotic,
    ),
    (
        "Two-sided normal-mixture uniform boundary (Howard et al. 2021, Ann. Stat.), |S_t| <= u(V_t) for all t w.p. 1-α",
        outcomes::normal_mixture,
    ),
    ("Bernoulli confidence sequence (beta-binomial mixture)", outcomes::bernoulli),
    (
        "Standardised mean difference for the baseline table (no p-values: CONSORT advises against baseline significance tests)",
        conduct::standardised,
    ),
];

/// Runs a method.
pub(super) fn run(name: &str, inputs: &Value) -> Result {
    let method = TABLE.iter().find(|(known, _)| *known == name);
    let (_, method) = method.ok_or_else(|| ComputeError::Method(name.to_owned()))?;
    method(&Inputs(inputs))
}

pub(super) fn pair(interval: Interval) -> Value {
    json!([interval.lower, interval.upper])
}

pub(super) fn estimate(estimate: Estimate) -> Value {
    json!({
        "est": estimate.value, "se": estimate.error, "t": estimate.t,
        "df": estimate.freedom, "p": estimate.p, "ci": pair(estimate.interval),
    })
}

pub(super) fn shares(inputs: &Inputs<'_>) -> std::result::Result<(Share, Share), ComputeError> {
    Ok((
        Share::new(inputs.count("x1")?, inputs.count("n1")?)?,
        Share::new(inputs.count("x2")?, inputs.count("n2")?)?,
    ))
}
