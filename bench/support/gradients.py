"""Times OpenBLAS (through NumPy) and PyTorch autograd on the problem that it is given on standard input (problem.py).

Then one command a line: `gemm`, `square`, `torch N` (N threads, 0 for the default), each answered with JSON
{seconds, operations}: the median time of one evaluation.
"""

import json
import sys

try:
    import numpy as np
    import torch
except ImportError as error:
    print(json.dumps({"missing": error.name}), flush=True)
    sys.exit(0)

from problem import call_time, categorical, header, inputs, position, rows, stream, targets, widths

x = torch.from_numpy(inputs)
y = torch.from_numpy(targets.astype(np.int64) if categorical else targets.reshape(rows, widths[-1]))
parameters, offset = [], 0
for fan_in, fan_out in zip(widths, widths[1:]):
    for shape in ((fan_out, fan_in), (fan_out,)):
        size = int(np.prod(shape))
        parameters.append(torch.from_numpy(position[offset : offset + size].reshape(shape).copy()).requires_grad_())
        offset += size
default_threads = torch.get_num_threads()
activation = {"relu": torch.relu, "tanh": torch.tanh}[header["activation"]]


def gradient() -> float:
    """Standard normal prior plus likelihood, up to constants, and its gradient."""
    for parameter in parameters:
        parameter.grad = None
    hidden = x
    for k in range(0, len(parameters), 2):
        hidden = torch.nn.functional.linear(hidden, parameters[k], parameters[k + 1])
        if k + 2 < len(parameters):
            hidden = activation(hidden)
    if categorical:
        energy = torch.nn.functional.cross_entropy(hidden, y, reduction="sum")
    else:
        energy = 0.5 / header["noise"] ** 2 * torch.nn.functional.mse_loss(hidden, y, reduction="sum")
    for parameter in parameters:
        energy = energy + 0.5 * (parameter * parameter).sum()
    energy.backward()
    return energy.item()


generator = np.random.default_rng(0)
hidden = generator.standard_normal((rows, widths[1]), dtype=np.float32)
weight = position[: widths[0] * widths[1]].reshape(widths[1], widths[0])
forward, backward = np.empty_like(hidden), np.empty_like(weight)
square = generator.standard_normal((2048, 2048), dtype=np.float32) if rows * widths[1] > 1 << 20 else None

print(json.dumps({"numpy": np.__version__, "torch": torch.__version__, "energy": gradient()}), flush=True)
for line in stream:
    command, *arguments = line.decode().split()
    if command == "gemm":
        # The two large products of the gradient: X·Wᵀ and Δᵀ·X.
        seconds = call_time(lambda: np.matmul(inputs, weight.T, out=forward), 0.15, 3)
        seconds += call_time(lambda: np.matmul(hidden.T, inputs, out=backward), 0.15, 3)
        operations = 4 * rows * widths[0] * widths[1]
    elif command == "square":
        seconds = call_time(lambda: square @ square, 0.2, 2)
        operations = 2 * 2048**3
    else:
        torch.set_num_threads(int(arguments[0]) or default_threads)
        seconds = call_time(gradient, 0.3, 3)
        operations = None
    print(json.dumps({"seconds": seconds, "operations": operations}), flush=True)
