"""The operations that few courses use, forward and backward."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases, differentiate

CASES = Cases()

#: Each of two matrices (3, 4) with elements from 0.3 to 2.3.
OPERATIONS = {
    "asinh": lambda torch, x, y: x.asinh(),
    "acosh": lambda torch, x, y: torch.acosh(x + 1),
    "atanh": lambda torch, x, y: (x / 3).arctanh(),
    "deg2rad": lambda torch, x, y: x.deg2rad(),
    "rad2deg": lambda torch, x, y: torch.rad2deg(x),
    "sinc": lambda torch, x, y: x.sinc(),
    "hypot": lambda torch, x, y: torch.hypot(x, y[:1]),
    "erf": lambda torch, x, y: x.erf(),
    "erfc": lambda torch, x, y: torch.erfc(x),
    "erfinv": lambda torch, x, y: (x / 3).erfinv(),
    "lgamma": lambda torch, x, y: x.lgamma(),
    "logit": lambda torch, x, y: (x / 3).logit(),
    "logit kept in": lambda torch, x, y: torch.logit(x / 3, eps=0.3),
    "logaddexp": lambda torch, x, y: torch.logaddexp(x, y),
    "logaddexp2": lambda torch, x, y: torch.logaddexp2(x, y[:, :1]),
    "xlogy": lambda torch, x, y: torch.xlogy(x, y),
    "xlogy of a number": lambda torch, x, y: torch.xlogy(2, y) + torch.xlogy(x, 3.0),
    "float_power": lambda torch, x, y: torch.float_power(x, 2),
    "copysign": lambda torch, x, y: torch.copysign(x, y - 1),
    "copysign number": lambda torch, x, y: x.copysign(-1.0),
    "fmax": lambda torch, x, y: torch.fmax(x, y),
    "fmin": lambda torch, x, y: x.fmin(y),
    "ldexp": lambda torch, x, y: torch.ldexp(x, torch.tensor([1, 2, 3, 0])),
    "cummax": lambda torch, x, y: x.cummax(0).values,
    "cummin": lambda torch, x, y: torch.cummin(x, dim=-1)[0],
    "logcumsumexp": lambda torch, x, y: x.logcumsumexp(0),
    "kthvalue": lambda torch, x, y: x.kthvalue(2).values,
    "kthvalue kept": lambda torch, x, y: torch.kthvalue(x, 1, 0, True)[0],
    "mode": lambda torch, x, y: (x.detach().round() * 0 + x).mode().values,
    "aminmax": lambda torch, x, y: torch.aminmax(x).max,
    "aminmax dim": lambda torch, x, y: x.aminmax(dim=1, keepdim=True).min,
    "msort": lambda torch, x, y: torch.msort(x),
    "quantile": lambda torch, x, y: x.quantile(0.3),
    "quantile dim": lambda torch, x, y: x.quantile(0.5, dim=1),
    "quantile of several": lambda torch, x, y: x.quantile(torch.tensor([0.1, 0.9]), 0, True),
    "quantile lower": lambda torch, x, y: torch.quantile(x, 0.4, interpolation="lower"),
    "quantile higher": lambda torch, x, y: torch.quantile(x, 0.4, interpolation="higher"),
    "quantile midpoint": lambda torch, x, y: torch.quantile(x, 0.4, interpolation="midpoint"),
    "quantile nearest": lambda torch, x, y: torch.quantile(x, 0.4, interpolation="nearest"),
    "nansum": lambda torch, x, y: (x / (x > 0.6)).nansum(1),
    "nansum of all": lambda torch, x, y: x.nansum(),
    "nanmean": lambda torch, x, y: x.nanmean(0, keepdim=True),
    "nanmedian": lambda torch, x, y: x.nanmedian(),
    "nanmedian dim": lambda torch, x, y: x.nanmedian(1).values,
    "mode of one": lambda torch, x, y: x[0, 0].mode().values,
    "baddbmm": lambda torch, x, y: torch.baddbmm(
        x[None], x[None, :, :3], y[None], beta=2, alpha=0.5
    ),
    "baddbmm of NaN": lambda torch, x, y: torch.baddbmm(
        x[None].detach() / 0, x[None, :, :3], y[None], beta=0
    ),
    "addbmm": lambda torch, x, y: torch.addbmm(x, x[None, :, :3], y[None]),
    "addmv": lambda torch, x, y: x[:, 0].addmv(x, y[0]),
    "addr": lambda torch, x, y: torch.addr(x, x[:, 0], y[0], alpha=2),
    "ger": lambda torch, x, y: torch.ger(x[0], y[0]),
    "vdot": lambda torch, x, y: torch.vdot(x[0], y[0]),
    "product of batches": lambda torch, x, y: x[None, :, :3] @ y[None],
    "product of a batch and a vector": lambda torch, x, y: torch.stack([x, y]) @ y[0],
    "product of a vector and a batch": lambda torch, x, y: x[0, :3] @ torch.stack([x, y]),
    "product of a matrix and a batch": lambda torch, x, y: x[:, :3] @ torch.stack([x, y]),
    "product of deeper batches": lambda torch, x, y: x[None, None, :, :3] @ torch.stack([x, y]),
    "tensordot": lambda torch, x, y: torch.tensordot(x, y),
    "tensordot of lists": lambda torch, x, y: torch.tensordot(x, y, dims=([1], [1])),
    "cdist": lambda torch, x, y: torch.cdist(x, y),
    "cdist 1": lambda torch, x, y: torch.cdist(x, y, p=1),
    "cdist inf": lambda torch, x, y: torch.cdist(x, y, p=float("inf")),
    "cdist to itself": lambda torch, x, y: torch.cdist(x, x, p=3),
    "cov": lambda torch, x, y: torch.cov(x),
    "cov of one": lambda torch, x, y: x[0].cov(correction=0),
    "corrcoef": lambda torch, x, y: (x * x).corrcoef(),
    "var_mean": lambda torch, x, y: torch.var_mean(x, dim=1)[0],
    "std_mean": lambda torch, x, y: torch.std_mean(x, 0, unbiased=False, keepdim=True)[1],
    "hsplit": lambda torch, x, y: torch.hsplit(x, 2)[1],
    "vsplit": lambda torch, x, y: x.vsplit([1])[0],
    "tensor_split": lambda torch, x, y: torch.tensor_split(x, 2)[1],
    "rot90": lambda torch, x, y: torch.rot90(x, -1, [1, 0]),
    "diagflat": lambda torch, x, y: torch.diagflat(x[:2, :2], 1),
    "kron": lambda torch, x, y: torch.kron(x[:1], y[:, :1]),
    "block_diag": lambda torch, x, y: torch.block_diag(x, y[0], torch.tensor([1, 2])),
    "cartesian_prod": lambda torch, x, y: torch.cartesian_prod(x[0], y[0]),
    "combinations": lambda torch, x, y: torch.combinations(x[0], 3),
    "atleast_3d": lambda torch, x, y: torch.atleast_3d(x),
}

#: What is printed, of values without a gradient.
PRINTED = {
    "sorted": "torch.tensor([2, 1]).sort()",
    "running": "torch.cummax(torch.tensor([1.0, nan, 3.0, 3.0, 2.0]), 0)",
    "running whole": "torch.cummin(torch.tensor([2, 2, 1, 5, 1]), 0)",
    "running of one": "torch.cummax(torch.tensor(2.0), 0)",
    "most frequent": "torch.tensor([[1, 2, 2], [3, 3, 1]]).mode(0, keepdim=True)",
    "both ends": "torch.tensor([3, 1, 2]).aminmax()",
    "ends of the error function": "torch.erfinv(torch.tensor([-1.0, 1.0, 0.0, 2.0, 0.999, 1e-6]))",
    "poles": "torch.lgamma(torch.tensor([0.0, -1.0, 1.0, 2.0, 0.5]))",
    "sinc at 0": "torch.sinc(torch.tensor([0.0, 1.0, 0.5]))",
    "steps": "torch.heaviside(torch.tensor([-1.0, 0.0, 2.0]), torch.tensor([0.5]))",
    "divisors": "torch.gcd(torch.tensor([12, 18]), torch.tensor(8))",
    "multiples": "torch.lcm(torch.tensor([12, 18]), torch.tensor(8))",
    "number beside NaN": "torch.fmax(torch.tensor([1.0, nan]), torch.tensor([nan, nan]))",
    "nothing times a logarithm": "torch.xlogy(torch.tensor([0.0, 0.0, 1.0]), torch.tensor([0.0, nan, 0.0]))",
    "power in float64": "torch.float_power(torch.tensor([1, 2]), 2)",
    "power of a number": "torch.float_power(2, torch.tensor([1, 2]))",
    "degrees": "torch.tensor([1, 180]).deg2rad()",
    "quantile with NaN": "torch.quantile(torch.tensor([1.0, nan, 3.0]), 0.5)",
    "quantile without NaN": "torch.nanquantile(torch.tensor([[1.0, nan, 3.0], [nan] * 3]), 0.5, dim=1)",
    "median without NaN": "torch.nanmedian(torch.tensor([[nan, 1.0, 2.0], [nan, nan, nan]]), dim=1)",
    "mean without NaN": "torch.nanmean(torch.tensor([[1.0, nan], [3.0, 4.0]]), dim=0)",
    "places": "torch.searchsorted(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([[2.0, 0.0], [5.0, 2.5]]))",
    "place behind": "torch.searchsorted(torch.tensor([1.0, 2.0, 3.0]), 2.0, right=True)",
    "places in rows": "torch.searchsorted(torch.eye(2), torch.tensor([[0.0], [2.0]]), side='right')",
    "buckets": "torch.bucketize(torch.tensor([0, 1, 2, 9]), torch.tensor([1, 2, 5]), out_int32=True)",
    "products of whole numbers": "torch.kron(torch.eye(2), torch.tensor([[1, 2]]))",
    "chosen with repetition": "torch.combinations(torch.tensor([1, 2, 3]), with_replacement=True)",
    "none to choose": "torch.combinations(torch.tensor([1]))",
    "front to back": "torch.dsplit(torch.arange(8).reshape(2, 2, 2), 2)",
    "three dimensions": "torch.atleast_3d(torch.tensor([1.0, 2.0]))",
    "sum of whole numbers": "torch.nansum(torch.tensor([1, 2]))",
}

REFUSED = {
    "k too large": "torch.ones(3).kthvalue(9)",
    "share above 1": "torch.ones(3).quantile(1.5)",
    "shares above 1": "torch.ones(3).quantile(torch.tensor([0.1, 1.5]))",
    "quantile of whole numbers": "torch.tensor([1, 2]).quantile(0.5)",
    "mean of whole numbers": "torch.tensor([1, 2]).nanmean()",
    "k-th truth": "torch.tensor([True, False]).kthvalue(1)",
    "running logarithm of whole numbers": "torch.tensor([1, 2]).logcumsumexp(0)",
    "other coordinates": "torch.cdist(torch.ones(2, 3), torch.ones(2, 2))",
    "sizes that differ": "torch.tensordot(torch.ones(3, 4), torch.ones(3, 4), 1)",
    "rows that differ": "torch.searchsorted(torch.ones(2, 2), torch.ones(1))",
    "both sides": "torch.searchsorted(torch.ones(2), 1.0, right=True, side='left')",
    "boundaries in a table": "torch.bucketize(torch.ones(2), torch.ones(2, 2))",
    "split of one": "torch.hsplit(torch.tensor(1), 2)",
    "split of a row": "torch.vsplit(torch.ones(3), 2)",
    "split unevenly": "torch.hsplit(torch.ones(3), 2)",
    "chosen from a table": "torch.combinations(torch.ones(2, 2))",
    "covariances of a cube": "torch.ones(1, 1, 1).cov()",
    "logarithm of whole numbers": "torch.logaddexp(torch.tensor([1]), torch.tensor([2]))",
}


def _operation(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = differentiate(
            torch, lambda x, y: OPERATIONS[name](torch, x, y) + 0 * (x + y).sum(), (3, 4), (3, 4)
        )
        # The last step is the sum with both, which both have a gradient by.
        return found | {"grad_fn": repr(OPERATIONS[name](torch, *_matrices(torch)))}

    run.__name__ = name
    CASES(run)


def _matrices(torch: Any) -> list[Any]:
    return [(torch.arange(12.0).reshape(3, 4) / 7 + add).requires_grad_() for add in (0.35, 0.4)]


def _printed(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        return {"printed": repr(eval(PRINTED[name], {"torch": torch, "nan": float("nan")}))}

    run.__name__ = name
    CASES(run)


def _refused(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            eval(REFUSED[name], {"torch": torch})
        except Exception as error:
            return {"error": f"{type(error).__name__}: {str(error).splitlines()[0]}"}
        return {"error": "none"}

    run.__name__ = name
    CASES(run)


for each in OPERATIONS:
    _operation(each)
for each in PRINTED:
    _printed(each)
for each in REFUSED:
    _refused(each)
