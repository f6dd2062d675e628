"""The figures of the program: `make bench`."""

from tests.benchmarks.figures import main

main()
