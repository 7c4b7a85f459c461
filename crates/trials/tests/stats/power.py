"""Makes power.json: power of two-sided t-tests by SciPy's noncentral t. Needs scipy."""

import itertools
import json
import pathlib

import scipy
from scipy import stats

cases = []
sizes = [(2, 2), (3, 5), (10, 10), (12, 40), (64, 64), (300, 100), (4000, 6000)]
for (treated, control), effect, alpha in itertools.product(
    sizes, [-0.1, 0.2, 0.5, 1.5], [0.01, 0.05, 0.1]
):
    df = treated + control - 2
    shift = effect / (1 / treated + 1 / control) ** 0.5
    limit = stats.t.isf(alpha / 2, df)
    power = stats.nct.sf(limit, df, shift) + stats.nct.cdf(-limit, df, shift)
    if power != power:  # SciPy has no answer far out.
        continue
    cases.append(
        {"effect": effect, "treated": treated, "control": control, "alpha": alpha, "power": float(power)}
    )
source = f"SciPy {scipy.__version__}, scipy.stats.nct (power.py)"
text = ",\n".join("    " + json.dumps(case) for case in cases)
pathlib.Path(__file__).with_name("power.json").write_text(
    f'{{\n  "source": {json.dumps(source)},\n  "cases": [\n{text}\n  ]\n}}\n'
)
