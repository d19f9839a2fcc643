"""What goes wrong on a machine that has none but the CPU, and with which type of error."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

PROVOCATIONS = (
    "torch.ones(2).cuda()",
    "torch.ones(2).cuda(0)",
    "torch.ones(2).cuda('cuda:0')",
    "torch.ones(2).cuda('cpu')",
    "torch.ones(2).cuda(non_blocking=True)",
    "torch.ones(2).to('cuda')",
    "torch.ones(2).to(torch.device('cuda:0'))",
    "torch.ones(2).to(device='cuda', dtype=torch.float64)",
    "torch.ones(2).to(0)",
    "torch.ones(2).to('mps')",
    "torch.ones(2).to('xpu')",
    "torch.ones(2).to('gpu')",
    "torch.ones(2).to([1])",
    "torch.ones(2).to(foo=3)",
    "torch.ones(2).xpu()",
    "torch.ones(2).pin_memory()",
    "torch.ones(2, device='cuda')",
    "torch.tensor([1.0], device='cuda:0')",
    "torch.rand(2, device='cuda')",
    "torch.randint(3, (2,), device='cuda')",
    "torch.zeros_like(torch.ones(2), device='cuda')",
    "torch.Generator('cuda')",
    "nn.Linear(2, 2).cuda()",
    "nn.Linear(2, 2).cuda(0)",
    "nn.Linear(2, 2).to('cuda')",
    "nn.Linear(2, 2).to('gpu')",
    "nn.Linear(2, 2).to(0)",
    "nn.ReLU().to('gpu')",
    "nn.Linear(2, 2, device='cuda')",
    "torch.device('gpu')",
    "torch.device('cuda:')",
    "torch.device('cuda:-1')",
    "torch.device('cuda:x')",
    "torch.device('cpu:0', 1)",
    "torch.device(0)",
    "torch.device(1.5)",
    "torch.device()",
    "torch.set_default_device('gpu')",
    "torch.cuda.current_device()",
    "torch.cuda.get_device_name(0)",
    "torch.cuda.get_device_properties(0)",
    "torch.cuda.set_device(0)",
    "torch.cuda.synchronize()",
    "torch.cuda.get_rng_state()",
    "torch.cuda.Event(enable_timing=True)",
    "torch.cuda.Stream()",
    "torch.cuda.init()",
    "torch.accelerator.current_device_index()",
    "torch.accelerator.synchronize()",
    "torch.accelerator.current_accelerator().type",
    "torch.mps.empty_cache()",
    "torch.set_num_threads(0)",
    "torch.set_num_threads(1.5)",
    "torch.set_deterministic_debug_mode('loud')",
    "torch.compile(3)",
    "torch.compile(len, mode='default', options={})",
    "torch.autocast('gpu')",
    "torch.amp.GradScaler('cpu').update()",
    "torch.amp.GradScaler('cpu').step(torch.optim.SGD([torch.ones(1, requires_grad=True)]))",
    "torch.amp.GradScaler('cpu', growth_factor=1.0)",
    "torch.utils.data.DataLoader([1], num_workers=-1)",
    "torch.utils.data.DataLoader([1], timeout=-1)",
    "torch.utils.data.DataLoader([1], prefetch_factor=2)",
    "torch.utils.data.DataLoader([1], persistent_workers=True)",
    "torch.utils.data.DataLoader([1], multiprocessing_context='fork')",
    "torch.utils.data.DataLoader([1], num_workers=1, prefetch_factor=-2)",
)


def _error(program: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            eval(program, {"torch": torch, "nn": torch.nn})
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[program] = run


for _program in PROVOCATIONS:
    _error(_program)
