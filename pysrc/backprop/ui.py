"""Controls for a program: a slider, a number box, a choice, a switch.

Each call returns the control's present value. In the page the control appears at the cell: moving it runs
the cell again, and a loop that is running gets the new value at its next call. Everywhere else, in
Jupyter or a file, a call returns the value to begin with, so that the same program runs there too.

>>> from backprop import ui
>>> rate = ui.slider("learning rate", 0.01, 1, value=0.1)
>>> rate
0.1
"""

from .host.controls import choice, number, slider, switch

__all__ = ["choice", "number", "slider", "switch"]
