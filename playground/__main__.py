"""Lets `python -m playground` stand for the `playground` command."""

import sys

from playground.cli import main

sys.exit(main())
