"""Writes test/golden/inference.json: NumPyro's leapfrog, dual averaging, warmup windows and regularised variances.

Usage: python scripts/oracles/inference.py test/golden/inference.json      (needs numpyro; made with 0.22.0)
"""

import json
import sys

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

from numpyro.infer.hmc_util import (  # noqa: E402  (after the precision is set)
    build_adaptation_schedule,
    dual_averaging,
    velocity_verlet,
    welford_covariance,
)


def leapfrog():
    """A skewed target with a mass matrix: U = sum(q + exp(-q))."""
    inverse = jnp.array([1.0, 0.5, 2.0])
    q = jnp.array([0.3, -0.7, 1.1])
    p = jnp.array([1.2, -0.4, 0.7])
    _, update = velocity_verlet(
        lambda z: jnp.sum(z + jnp.exp(-z)), lambda m, r: 0.5 * jnp.sum(m * r * r)
    )
    state = (q, p, jnp.sum(q + jnp.exp(-q)), 1 - jnp.exp(-q))
    for _ in range(25):
        state = update(0.15, inverse, state)
    return {
        "inverseMassMatrix": inverse.tolist(),
        "position": q.tolist(),
        "momentum": p.tolist(),
        "stepSize": 0.15,
        "steps": 25,
        "endPosition": state[0].tolist(),
        "endMomentum": state[1].tolist(),
        "endEnergy": float(state[2]),
    }


def averaging():
    target, initial = 0.8, 0.05
    init, update = dual_averaging()
    state = init(float(np.log(10 * initial)))
    rates = np.round(np.random.default_rng(0).uniform(0, 1, 60), 6)
    rows = []
    for rate in rates:
        state = update(target - rate, state)
        rows.append([float(state[0]), float(state[1]), float(state[2])])
    return {
        "targetAcceptance": target,
        "stepSize": initial,
        "acceptanceRates": rates.tolist(),
        "states": rows,
    }


def windows():
    """Windows in which the mass matrix adapts, first and last transition counted from 1."""
    result = {}
    for warmup in [1, 19, 20, 21, 33, 50, 99, 149, 150, 151, 160, 199, 200, 225, 300, 500, 1000, 1001, 2500]:
        schedule = build_adaptation_schedule(warmup)
        inner = schedule[1:-1] if len(schedule) > 2 else []
        result[warmup] = [[int(w.start) + 1, int(w.end) + 1] for w in inner]
    return result


def welford():
    samples = np.random.default_rng(1).normal(size=(17, 4)) * [0.1, 1, 10, 0] + [100, 0, -3, 5]
    samples = samples.astype(np.float32)
    init, update, final = welford_covariance(diagonal=True)
    state = init(4)
    for row in samples:
        state = update(jnp.asarray(row, dtype=jnp.float64), state)
    variances, _, _ = final(state, regularize=True)
    return {"samples": samples.tolist(), "inverseMassMatrix": variances.tolist()}


golden = {
    "leapfrog": leapfrog(),
    "dualAveraging": averaging(),
    "windows": windows(),
    "welford": welford(),
}
with open(sys.argv[1], "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
