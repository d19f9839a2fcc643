"""Random programs, run by PyTorch and by backprop, and what they disagree about.

`python -m tests.reference.fuzz --seed 0 --programs 1000`, where PyTorch 2.13 is installed.
`make fuzz` installs it.
"""
