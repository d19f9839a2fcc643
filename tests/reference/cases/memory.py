"""Tensors that take another shape themselves, and the memory that they look at."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

#: Each of a tensor (2, 1, 3).
SHAPES = {
    "unsqueeze_": lambda x: x.unsqueeze_(0),
    "unsqueeze_ last": lambda x: x.unsqueeze_(-1),
    "squeeze_": lambda x: x.squeeze_(),
    "squeeze_ dim": lambda x: x.squeeze_(1),
    "squeeze_ by name": lambda x: x.squeeze_(dim=1),
    "squeeze_ dims": lambda x: x.squeeze_((0, 1)),
    "transpose_": lambda x: x.transpose_(0, 2),
    "swapaxes_": lambda x: x.swapaxes_(0, 1),
    "swapdims_": lambda x: x.swapdims_(1, 2),
    "t_": lambda x: x.squeeze_().t_(),
    "all of them": lambda x: x.transpose_(0, 2).squeeze_(1).t_().unsqueeze_(1),
}


def _shape(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        leaf = torch.arange(6.0).reshape(2, 1, 3).requires_grad_()
        x = leaf * 2
        same = SHAPES[name](x) is x
        found = {"x": x.detach().clone(), "printed": repr(x), "same": repr((same, x.stride()))}
        (x * torch.linspace(0, 1, 6).reshape(x.shape)).sum().backward()
        found["grad"] = leaf.grad
        part = torch.arange(12.0).reshape(2, 2, 3)[:, :1]
        SHAPES[name](part).add_(1)
        return found | {"part": part, "version": repr(part._version)}

    CASES[name] = run


for _name in SHAPES:
    _shape(_name)


@CASES
def a_view_that_is_turned(torch: Any) -> dict[str, Any]:
    leaf = torch.arange(6.0).requires_grad_()
    base = leaf * 1
    view = base.view(2, 3)
    view.t_()
    view[0] = 7
    view.mul_(3)
    (base * torch.arange(6.0)).sum().backward()
    return {"base": base.detach(), "view": view.detach(), "grad": leaf.grad, "printed": repr(view)}


@CASES
def sizes_changed(torch: Any) -> dict[str, Any]:
    x = torch.arange(6.0)
    found = {"same": repr(x.resize_(2, 3) is x), "printed": repr(x)}
    found["smaller"] = x.resize_(2, 2).clone()
    found["again"] = x.resize_([6]).clone()
    found["as another"] = x.resize_as_(torch.ones(3, 2)).clone()
    found["larger"] = repr(torch.arange(4).resize_(2, 3).shape)
    found["old numbers"] = torch.arange(4).resize_(2, 3)[0]
    found["nothing"] = repr(torch.Tensor().resize_(2, 2).shape)
    found["of a view"] = torch.arange(6)[2:].resize_(2)
    return found


@CASES
def storages(torch: Any) -> dict[str, Any]:
    x = torch.tensor([[1.0, 2.5], [0.1, -4.0]])
    typed, untyped = x.storage(), x.untyped_storage()
    found = {"typed": repr(typed), "untyped": repr(untyped), "list": repr(typed.tolist())}
    found["sizes"] = repr(
        (len(typed), typed.size(), typed.nbytes(), len(untyped), untyped.nbytes())
    )
    found["kinds"] = repr(
        (typed.dtype, str(typed.device), typed.element_size(), typed[1], untyped[3])
    )
    found["names"] = repr((type(typed).__name__, type(untyped).__name__))
    found["of a view"] = repr(x.t()[1:].storage())
    found["offsets"] = repr((x[1:].storage_offset(), x[1, 1].storage_offset(), x.storage_offset()))
    found["same"] = repr(x.untyped_storage().data_ptr() == x[1:].untyped_storage().data_ptr())
    found["other"] = repr(x.clone().storage().data_ptr() == typed.data_ptr())
    found["views"] = repr(x.data_ptr() == x.view(4).data_ptr() == x[1:].data_ptr() - 8)
    typed[0] = 9
    found["written"] = x.clone()
    typed.fill_(3)
    found["filled"] = x
    found["bool"] = repr(torch.tensor([True, False]).storage())
    return found


@CASES
def memory_taken_over(torch: Any) -> dict[str, Any]:
    x, y = torch.arange(4.0), torch.zeros(2)
    found = {"same": repr(y.set_(x) is y), "before": repr((y.is_set_to(x), y.is_set_to(x[1:])))}
    y[0] = 7
    found["x"] = x
    empty = torch.tensor([])
    found["part"] = empty.set_(x.storage(), 1, (2,), (1,)).clone()
    found["bytes"] = empty.set_(x.untyped_storage(), 0, (2, 2), (1, 2)).clone()
    found["nothing"] = repr(empty.set_().shape)
    return found


@CASES
def steps_of_ones_own(torch: Any) -> dict[str, Any]:
    leaf = torch.arange(9.0).requires_grad_()
    x = leaf * 1
    view = x.as_strided((2, 3), (1, 2), 1)
    overlapping = torch.as_strided(x, (3, 3), (1, 1))
    (view.sum() + (overlapping * overlapping).sum()).backward()
    found = {"view": view.detach(), "overlapping": overlapping.detach(), "grad": leaf.grad}
    return found | {"printed": repr(view), "part": leaf.detach()[3:].as_strided((2,), (2,))}


@CASES
def copies_and_their_order(torch: Any) -> dict[str, Any]:
    found = {}
    for name, x in {
        "turned": torch.arange(6.0).reshape(2, 3).t(),
        "middle first": torch.arange(24.0).reshape(2, 3, 4).transpose(0, 1),
        "every second": torch.arange(12.0).reshape(2, 6)[:, ::2],
    }.items():
        x = x.detach().requires_grad_()
        y = x.contiguous()
        found[f"{name} contiguous"] = repr((y.stride(), y.is_contiguous()))
        found[f"{name} flat"] = y.view(-1).detach()
        found[f"{name} grad_fn"] = repr(y).split("grad_fn=")[-1]
        found[f"{name} clone"] = repr((x.clone().stride(), x.clone().contiguous().stride()))
        (y * torch.arange(y.numel()).reshape(y.shape)).sum().backward()
        found[f"{name} grad"] = x.grad
    return found
