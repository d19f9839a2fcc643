"""The version of this package, in a module that imports nothing."""

#: PyTorch says here which graphics cards it was built for: none.
cuda = hip = None
debug = False

__version__ = "0.1.0"
