"""Alignment of one draw to a reference as NumPy and SciPy do it, one thread.

First line on standard input: JSON {directory, rows, cases: [{name, widths, matching, sweeps}]}; float32 positions (weight, bias
of each layer in order) lie in directory/CASE.{reference,independent,chain}.f32, inputs in directory/inputs.f32. Each line
"CASE KIND DTYPE" is answered with JSON {milliseconds, objective, distance, transpositions}: CPU time of one draw.
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


def layers_of(position, widths):
    layers, at = [], 0
    for n_in, n_out in zip(widths, widths[1:]):
        weight = position[at : at + n_out * n_in].reshape(n_out, n_in)
        at += n_out * n_in
        layers.append((weight, position[at : at + n_out]))
        at += n_out
    return layers


def relabelled(layers, permutations):
    """Layers with hidden group k in the order permutations[k]."""
    out = []
    for k, (weight, bias) in enumerate(layers):
        if k > 0:
            weight = weight[:, permutations[k - 1]]
        if k < len(permutations):
            weight, bias = weight[permutations[k]], bias[permutations[k]]
        out.append((weight, bias))
    return out


def match_weights(reference, draw, sweeps):
    """Coordinate descent from the identity, groups from the inputs on."""
    groups = len(draw) - 1
    permutations = [np.arange(len(bias)) for _, bias in draw[:-1]]
    for _ in range(1 if groups == 1 else sweeps):
        changed = False
        for g in range(groups):
            incoming, bias = draw[g]
            outgoing = draw[g + 1][0]
            if g > 0:
                incoming = incoming[:, permutations[g - 1]]
            if g + 1 < groups:
                outgoing = outgoing[permutations[g + 1]]
            S = reference[g][0] @ incoming.T
            S += np.outer(reference[g][1], bias)
            S += reference[g + 1][0].T @ outgoing
            rows, columns = linear_sum_assignment(S, maximize=True)
            if S[rows, columns].sum(dtype=np.float64) > S[rows, permutations[g]].sum(dtype=np.float64) * (1 + 1e-12):
                permutations[g] = columns
                changed = True
        if not changed:
            break
    return permutations


def hidden(layers, x):
    out = []
    for weight, bias in layers[:-1]:
        x = x @ weight.T
        x += bias
        np.maximum(x, 0, out=x)
        out.append(x)
    return out


def match_activations(activations, draw, x):
    permutations, total = [], 0.0
    for a, b in zip(activations, hidden(draw, x)):
        S = a.T @ b
        rows, columns = linear_sum_assignment(S, maximize=True)
        permutations.append(columns)
        total += float(S[rows, columns].sum(dtype=np.float64))
    return permutations, total


def transpositions(permutation):
    order, seen, cycles = permutation.tolist(), [False] * len(permutation), 0
    for start in range(len(order)):
        if seen[start]:
            continue
        cycles += 1
        while not seen[start]:
            seen[start] = True
            start = order[start]
    return len(order) - cycles


def main():
    header = json.loads(sys.stdin.readline())
    directory = Path(header["directory"])
    cases = {case["name"]: case for case in header["cases"]}
    read = lambda name: np.fromfile(directory / f"{name}.f32", np.float32)
    inputs = read("inputs").reshape(header["rows"], -1)
    print("{}", flush=True)
    held = None
    for line in sys.stdin:
        name, kind, dtype = line.split()
        case = cases[name]
        if held != (name, kind, dtype):
            flat_reference, flat = (read(f"{name}.{which}").astype(dtype) for which in ("reference", kind))
            reference, draw = layers_of(flat_reference, case["widths"]), layers_of(flat, case["widths"])
            x = inputs.astype(dtype)
            activations = hidden(reference, x) if case["matching"] == "activations" else None
            held = name, kind, dtype
        start = time.process_time()
        if activations is None:
            permutations = match_weights(reference, draw, case["sweeps"])
        else:
            permutations, total = match_activations(activations, draw, x)
        aligned = np.concatenate([part.ravel() for layer in relabelled(draw, permutations) for part in layer])
        before, after = np.linalg.norm(flat - flat_reference), np.linalg.norm(aligned - flat_reference)
        counts = [transpositions(permutation) for permutation in permutations]
        seconds = time.process_time() - start
        if activations is None:
            total = float(aligned.astype(np.float64) @ flat_reference.astype(np.float64))
        answer = {"milliseconds": seconds * 1e3, "objective": total, "distance": [float(before), float(after)], "transpositions": counts}
        print(json.dumps(answer), flush=True)


main()
