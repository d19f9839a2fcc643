"""Lets an interpreter that has only NumPy run the measurement."""

import sys

from playground.bench.engine import main

sys.exit(main(sys.argv[1:]))
