"""Sensitivity of the outputs of a sweep to its factors.

`sweeps` reads a file of `ketsim sweep collect`; `noise` tells luck from factors; `sobol`, `morris`, `ranks` and `steps` are one
kind of index each, for the designs that allow it; `charts` draws them.
"""
