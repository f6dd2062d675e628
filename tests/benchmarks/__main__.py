"""The figures of the program: `make bench`."""

import sys

from tests.benchmarks import sizes
from tests.benchmarks.figures import main

main()
if len(sys.argv) == 1:
    sizes.rows(100, "real")
    sizes.rows(1000, "quick")  # with the real encoder it takes a quarter of an hour: python -m tests.benchmarks.sizes
    sizes.rows(10_000, "quick")
