"""Similarity matrices of real networks, and SciPy's time on them.

Networks 784-n-10 with ReLU are trained on MNIST in NumPy: two from different seeds (unrelated: the hard case), and two
draws of one HMC chain (related: the easy case). First line on standard input: JSON {mnist, out, widths}; matrices are
written to out/CASE-WIDTH.f64. Then each line "CASE-WIDTH" is answered with JSON {milliseconds, objective}.
"""

import json
import sys
import time
from pathlib import Path

try:
    import numpy as np
    from scipy.optimize import linear_sum_assignment
except ImportError as error:
    print(json.dumps({"missing": error.name}), flush=True)
    sys.exit(0)


def read_idx(path, offset):
    return np.frombuffer(path.read_bytes(), np.uint8, offset=offset)


def initial(rng, width):
    shapes = [(width, 784), (width,), (10, width), (10,)]
    return [(rng.standard_normal(s) / np.sqrt(s[-1] if len(s) == 2 else 100)).astype(np.float32) for s in shapes]


def energy_and_gradient(params, x, y):
    """Sum of cross entropies, and its gradient."""
    w1, b1, w2, b2 = params
    hidden = np.maximum(x @ w1.T + b1, 0)
    logits = hidden @ w2.T + b2
    logits -= logits.max(axis=1, keepdims=True)
    p = np.exp(logits)
    total = p.sum(axis=1, keepdims=True)
    energy = float((np.log(total[:, 0]) - logits[np.arange(len(y)), y]).sum(dtype=np.float64))
    delta = p / total
    delta[np.arange(len(y)), y] -= 1
    back = (delta @ w2) * (hidden > 0)
    return energy, [back.T @ x, back.sum(axis=0), delta.T @ hidden, delta.sum(axis=0)]


def train(rng, width, x, y, steps=300, batch=256, rate=1e-3):
    params = initial(rng, width)
    first = [np.zeros_like(p) for p in params]
    second = [np.zeros_like(p) for p in params]
    for t in range(1, steps + 1):
        rows = rng.integers(0, len(x), batch)
        _, gradient = energy_and_gradient(params, x[rows], y[rows])
        for p, g, m, v in zip(params, gradient, first, second):
            g /= batch
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return params


def hmc(rng, params, x, y, transitions, steps=15, prior_std=0.1, step_size=None):
    """Transitions of plain HMC on the posterior with independent normal priors; returns the last position and how many were accepted."""

    step_size = step_size or 0.002 * (64 / len(params[1])) ** 0.25

    def potential(q):
        energy, gradient = energy_and_gradient(q, x, y)
        prior = sum(float((p.astype(np.float64) ** 2).sum()) for p in q) / (2 * prior_std**2)
        return energy + prior, [g + p / prior_std**2 for g, p in zip(gradient, q)]

    q = [p.copy() for p in params]
    energy, gradient = potential(q)
    accepted = 0
    for _ in range(transitions):
        momentum = [rng.standard_normal(p.shape).astype(np.float32) for p in q]
        start = energy + sum(float((p.astype(np.float64) ** 2).sum()) for p in momentum) / 2
        new, new_energy, new_gradient = [p.copy() for p in q], energy, gradient
        for _ in range(steps):
            for p, m, g in zip(new, momentum, new_gradient):
                m -= np.float32(step_size / 2) * g
                p += np.float32(step_size) * m
            new_energy, new_gradient = potential(new)
            for m, g in zip(momentum, new_gradient):
                m -= np.float32(step_size / 2) * g
        end = new_energy + sum(float((p.astype(np.float64) ** 2).sum()) for p in momentum) / 2
        if np.log(rng.random()) < start - end:
            q, energy, gradient = new, new_energy, new_gradient
            accepted += 1
    return q, accepted


def similarity(a, b):
    a, b = ([p.astype(np.float64) for p in params] for params in (a, b))
    return a[0] @ b[0].T + np.outer(a[1], b[1]) + a[2].T @ b[2]


def main():
    header = json.loads(sys.stdin.readline())
    mnist, out, widths = Path(header["mnist"]), Path(header["out"]), header["widths"]
    networks = []
    x = (read_idx(mnist / "train-images-idx3-ubyte", 16).reshape(-1, 784)[:20000] / 255).astype(np.float32)
    y = read_idx(mnist / "train-labels-idx1-ubyte", 8)[:20000].astype(np.int64)
    matrices = {}
    for width in widths:
        a, b = (train(np.random.default_rng(seed), width, x, y) for seed in (1, 2))
        rng = np.random.default_rng(3)
        first, kept = hmc(rng, a, x[:500], y[:500], 4)
        second, also = hmc(rng, first, x[:500], y[:500], 4)
        accuracy = [float((np.argmax(np.maximum(x[:2000] @ p[0].T + p[1], 0) @ p[2].T + p[3], axis=1) == y[:2000]).mean()) for p in (a, b)]
        networks.append({"width": width, "accuracy": accuracy, "hmc_accepted": (kept + also) / 8})
        matrices[f"independent-{width}"] = similarity(a, b)
        matrices[f"chain-{width}"] = similarity(first, second)
    for name, S in matrices.items():
        S.tofile(out / f"{name}.f64")
    print(json.dumps({"networks": networks}), flush=True)
    for line in sys.stdin:
        S = matrices[line.strip()]
        start = time.perf_counter()
        rows, columns = linear_sum_assignment(S, maximize=True)
        seconds = time.perf_counter() - start
        print(json.dumps({"milliseconds": seconds * 1e3, "objective": float(S[rows, columns].sum())}), flush=True)


main()
