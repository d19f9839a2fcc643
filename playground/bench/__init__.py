"""Measurements: each module here is one, and `playground bench <name>` runs it.

Timings belong here and not in the tests: machines are noisy, so what is reported are ratios within one run.
"""
