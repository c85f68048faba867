"""The network, data and position that a benchmark sends to its Python side, and times of calls.

On standard input: a line of JSON {rows, widths, activation, likelihood, noise}; then float32 inputs, targets (int32 classes or
float32 reals) and the position (weight, bias of each layer in order), raw.
"""

import json
import statistics
import sys
import time

import numpy as np

stream = sys.stdin.buffer
header = json.loads(stream.readline())
rows, widths = header["rows"], header["widths"]
categorical = header["likelihood"] == "categorical"


def read(count: int, dtype) -> np.ndarray:
    return np.frombuffer(stream.read(4 * count), dtype).copy()


inputs = read(rows * widths[0], np.float32).reshape(rows, widths[0])
targets = read(rows if categorical else rows * widths[-1], np.int32 if categorical else np.float32)
position = read(sum(i * o + o for i, o in zip(widths, widths[1:])), np.float32)


def call_time(function, seconds: float, least: int) -> float:
    """Median time of one call, over at least `least` calls and `seconds` seconds."""
    times, begin = [], time.perf_counter()
    while len(times) < least or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
