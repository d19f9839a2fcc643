"""What is remembered of a program while it runs, so that a diagram can show it afterwards.

`operations` remembers where each was written and what it computed, `last_step` what parameters were
before it.
"""
