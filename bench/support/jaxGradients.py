"""Times JAX on the problem that it is given on standard input (problem.py), on whatever device JAX has.

Then one command a line, each answered with JSON {seconds}, of one gradient: `gradient`, value and gradient jitted, called from Python;
`scan N`, within a jitted leapfrog trajectory of N steps (lax.scan), the median trajectory over N; `matmul N`, {seconds, operations} of a
product of two N × N matrices.
"""

import json
import sys

try:
    import jax
    import jax.numpy as jnp
    import numpy as np
except ImportError as error:
    print(json.dumps({"missing": error.name}), flush=True)
    sys.exit(0)

from problem import call_time, categorical, header, inputs, position, stream, targets, widths

x, y = jnp.asarray(inputs), jnp.asarray(targets if categorical else targets.reshape(-1, widths[-1]))
q0 = jnp.asarray(position)
activation = {"relu": jax.nn.relu, "tanh": jnp.tanh}[header["activation"]]


def energy(q, x, y):
    """Standard normal prior plus likelihood, up to constants."""
    hidden, at = x, 0
    for k, (fan_in, fan_out) in enumerate(zip(widths, widths[1:])):
        weight = q[at : at + fan_out * fan_in].reshape(fan_out, fan_in)
        at += fan_out * fan_in
        hidden = hidden @ weight.T + q[at : at + fan_out]
        at += fan_out
        if k + 2 < len(widths):
            hidden = activation(hidden)
    if categorical:
        nll = (jax.nn.logsumexp(hidden, axis=1) - jnp.take_along_axis(hidden, y[:, None], 1)[:, 0]).sum()
    else:
        nll = 0.5 / header["noise"] ** 2 * ((hidden - y) ** 2).sum()
    return nll + 0.5 * (q * q).sum()


# Data are arguments: as constants XLA would fold them into the program at compile time.
value_and_gradient = jax.jit(jax.value_and_grad(energy))


def trajectory(q, p, x, y, step_size, steps):
    def step(state, _):
        q, p, g = state
        q = q + step_size * p
        value, g = jax.value_and_grad(energy)(q, x, y)
        return (q, p - step_size * g, g), value

    _, g = jax.value_and_grad(energy)(q, x, y)
    (q, p, g), values = jax.lax.scan(step, (q, p - 0.5 * step_size * g, g), None, length=steps)
    return q, p + 0.5 * step_size * g, values


leapfrog = jax.jit(trajectory, static_argnames="steps")
p0 = jnp.zeros_like(q0)
value, _ = value_and_gradient(q0, x, y)
print(json.dumps({"jax": jax.__version__, "device": jax.devices()[0].device_kind, "energy": float(value)}), flush=True)
for line in stream:
    command, *arguments = line.decode().split()
    if command == "gradient":
        call = lambda: jax.block_until_ready(value_and_gradient(q0, x, y))
        call()
        answer = {"seconds": call_time(call, 0.4, 3)}
    elif command == "scan":
        steps = int(arguments[0])
        call = lambda: jax.block_until_ready(leapfrog(q0, p0, x, y, 1e-6, steps))
        call()
        # One gradient more than steps: the one that a trajectory begins with.
        answer = {"seconds": call_time(call, 0.4, 3) / (steps + 1)}
    else:
        n = int(arguments[0])
        a = jnp.asarray(np.random.default_rng(0).standard_normal((n, n), dtype=np.float32))
        product = jax.jit(lambda a: a @ a)
        jax.block_until_ready(product(a))
        answer = {"seconds": call_time(lambda: jax.block_until_ready(product(a)), 0.4, 3), "operations": 2 * n**3}
    print(json.dumps(answer), flush=True)
