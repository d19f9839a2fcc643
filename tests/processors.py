"""The library's tests and every transcript on the kernels of other processors: ``make test-processors``.

NumPy and its OpenBLAS choose their loops by the processor, and a sum whose terms are added in another order
ends in another last digit; training makes more of it. What a page prints and what a test asserts must hold on
all of them. This processor can run the kernels of older ones, so each is chosen in turn.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]

#: What OpenBLAS and NumPy are told, and what the processor must have for it, as Linux calls it.
KERNELS: list[tuple[dict[str, str], set[str]]] = [
    ({"OPENBLAS_CORETYPE": "Prescott"}, {"pni"}),
    ({"OPENBLAS_CORETYPE": "Nehalem"}, {"sse4_2"}),
    ({"OPENBLAS_CORETYPE": "Sandybridge"}, {"avx"}),
    ({"OPENBLAS_CORETYPE": "Haswell"}, {"avx2", "fma"}),
    ({"OPENBLAS_CORETYPE": "Zen"}, {"avx2", "fma"}),
    ({"OPENBLAS_CORETYPE": "SkylakeX"}, {"avx512f", "avx512dq", "avx512bw", "avx512vl"}),
    ({"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3"}, {"avx2", "fma"}),
]


def main() -> int:
    """Run the tests once for each kernel, and return how many of the runs failed."""
    features = _features_of_this_processor()
    failed: list[str] = []
    ran: dict[str, str] = {}
    for environment, needed in KERNELS:
        name = ", ".join(f"{key}={value}" for key, value in environment.items())
        lacking = sorted(needed - features)
        if lacking:
            print(f"== {name}: this processor cannot run it, it lacks {' '.join(lacking)}")
            continue
        kernel = _kernel_under(environment)
        if kernel in ran:
            print(f"== {name}: the same kernel as {ran[kernel]}, {kernel}")
            continue
        ran[kernel] = name
        print(f"== {name}: {kernel}", flush=True)
        if not _passes(environment):
            failed.append(name)
    print(f"{len(ran) - len(failed)} passed, {len(failed)} failed")
    for name in failed:
        print(f"  {name}")
    return len(failed)


def _passes(environment: dict[str, str]) -> bool:
    tests = ["tests/unit", "tests/builder/test_transcripts.py"]
    command = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *tests]
    return (
        subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode == 0
    )


def _features_of_this_processor() -> set[str]:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("flags"):
            return set(line.partition(":")[2].split())
    sys.exit("The kernels are those of x86-64 processors, under Linux: there are none here.")


def _kernel_under(environment: dict[str, str]) -> str:
    """What OpenBLAS says that it uses, and the features that NumPy was told to leave."""
    command = [sys.executable, "-m", "tests.processors", "kernel"]
    told = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, check=True, capture_output=True, text=True
    )
    without = environment.get("NPY_DISABLE_CPU_FEATURES", "")
    return told.stdout.strip() + (f" without {without}" if without else "")


def _kernel_of_this_process() -> str:
    folder = Path(np.__file__).parents[1] / "numpy.libs"
    library = ctypes.CDLL(str(next(folder.glob("libscipy_openblas*"))))
    name = library.scipy_openblas_get_corename64_
    name.restype = ctypes.c_char_p
    told: bytes = name()
    return told.decode()


if __name__ == "__main__":
    if sys.argv[1:] == ["kernel"]:
        print(_kernel_of_this_process())
    else:
        sys.exit(main())
