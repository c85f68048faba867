"""Potentials and gradients by PyTorch autograd in float64, for every activation and likelihood.

Writes test/golden/gradients.json; needs scripts/oracles/requirements-bench.txt. Inputs are not stored: they follow from
an integer hash that test/engine/support.ts repeats exactly.
"""

import json
import math
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)

INPUTS, HIDDEN, OUTPUTS, ROWS, TEMPERATURE = 3, (17, 5), 4, 35, 0.5
ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "silu": torch.nn.functional.silu,
    "gelu": torch.nn.functional.gelu,
    "softplus": torch.nn.functional.softplus,
}
LIKELIHOODS = ("categorical", "gaussian", "gaussian-learned")
NOISE_STD, LOG_NOISE_MEAN, LOG_NOISE_STD = 0.3, -1.0, 0.5
# Prior standard deviations of weight and bias, per layer.
PRIORS = ((0.7, 2.0), (1.3, 0.9), (1.3, 0.9))


def hashed(length: int, phase: int) -> torch.Tensor:
    """Values in [-1, 1) that float32 holds exactly: a 32-bit finalizer of the index."""
    values = []
    for i in range(length):
        h = (i + 1 + phase * 0x9E3779B9) & 0xFFFFFFFF
        h = ((h ^ (h >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
        h = ((h ^ (h >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
        h ^= h >> 16
        values.append((h >> 8) / 2**23 - 1)
    return torch.tensor(values)


def normal_energy(values: torch.Tensor, mean: float, std: float) -> torch.Tensor:
    return -torch.distributions.Normal(mean, std).log_prob(values).sum()


def evaluate(activation: str, likelihood: str) -> dict:
    widths = (INPUTS, *HIDDEN, OUTPUTS)
    layers = list(zip(widths, widths[1:]))
    dimension = sum(i * o + o for i, o in layers) + (likelihood == "gaussian-learned")
    position = hashed(dimension, 3).requires_grad_()
    inputs = hashed(ROWS * INPUTS, 1).reshape(ROWS, INPUTS)
    offset = 0
    prior = torch.zeros(())
    hidden = inputs
    for k, (fan_in, fan_out) in enumerate(layers):
        weight = position[offset : offset + fan_in * fan_out].reshape(fan_out, fan_in)
        offset += fan_in * fan_out
        bias = position[offset : offset + fan_out]
        offset += fan_out
        prior = prior + normal_energy(weight, 0, PRIORS[k][0]) + normal_energy(bias, 0, PRIORS[k][1])
        hidden = torch.nn.functional.linear(hidden, weight, bias)
        if k + 1 < len(layers):
            hidden = ACTIVATIONS[activation](hidden)
    if likelihood == "categorical":
        labels = torch.tensor([(row * 7) % OUTPUTS for row in range(ROWS)])
        data = torch.nn.functional.cross_entropy(hidden, labels, reduction="sum")
    else:
        targets = hashed(ROWS * OUTPUTS, 2).reshape(ROWS, OUTPUTS)
        std = torch.tensor(NOISE_STD)
        if likelihood == "gaussian-learned":
            std = torch.exp(position[-1])
            prior = prior + normal_energy(position[-1], LOG_NOISE_MEAN, LOG_NOISE_STD)
        data = (0.5 * ((targets - hidden) / std) ** 2 + torch.log(std) + 0.5 * math.log(2 * math.pi)).sum()
    ((prior + data) / TEMPERATURE).backward()
    return {
        "activation": activation,
        "likelihood": likelihood,
        "prior": prior.item(),
        "data": data.item(),
        "outputs": [float(f"{v:.10g}") for v in hidden.detach().reshape(-1)[: 2 * OUTPUTS]],
        "gradient": [float(f"{v:.10g}") for v in position.grad],
    }


def main() -> None:
    golden = {
        "torch": torch.__version__,
        "inputs": INPUTS,
        "hidden": HIDDEN,
        "outputs": OUTPUTS,
        "rows": ROWS,
        "temperature": TEMPERATURE,
        "cases": [evaluate(a, likelihood) for a in ACTIVATIONS for likelihood in LIKELIHOODS],
    }
    path = Path(__file__).resolve().parents[2] / "test" / "golden" / "gradients.json"
    path.write_text(json.dumps(golden, separators=(",", ":")).replace('{"activation"', '\n{"activation"') + "\n")


if __name__ == "__main__":
    main()
