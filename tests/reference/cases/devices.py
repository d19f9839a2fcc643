"""What programs ask about devices, on a machine that has none but the CPU."""

from __future__ import annotations

import warnings
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _answers(torch: Any, *questions: str) -> dict[str, Any]:
    """The printed form of each answer, and the warnings on the way."""
    found = {}
    for question in questions:
        with warnings.catch_warnings(record=True) as given:
            warnings.simplefilter("always")
            found[question] = repr(eval(question, {"torch": torch, "nn": torch.nn}))
        found[question] += "".join(f" {each.category.__name__}: {each.message}" for each in given)
    return found


@CASES
def devices_named(torch: Any) -> dict[str, Any]:
    return _answers(
        torch,
        "torch.device('cuda:0'), torch.device('cuda'), torch.device('cuda', 0), torch.device('mps')",
        "torch.device('cpu'), torch.device('cpu:0'), torch.device('cpu', 3), str(torch.device('cuda:1'))",
        "torch.device('cuda:1').type, torch.device('cuda:1').index, torch.device('cuda').index",
        "torch.device('cuda:0') == torch.device('cuda'), torch.device('cuda:0') == torch.device('cuda', 0)",
        "torch.device('cpu') == 'cpu', hash(torch.device('cpu')) == hash(torch.device('cpu'))",
        "torch.device(torch.device('cuda:1')), torch.device(type='cuda', index=1)",
        "__import__('copy').deepcopy(torch.device('cuda:1'))",
        "torch.device('cpu').__reduce__()[1], torch.device('cuda:1').__reduce__()[1]",
    )


@CASES
def devices_of_tensors(torch: Any) -> dict[str, Any]:
    return _answers(
        torch,
        "torch.ones(2).to('cpu:0'), torch.ones(2).to('cpu:1').device, torch.ones(2, device='cpu').device",
        "torch.ones(2).to('cpu', torch.float64), torch.ones(2).to('cpu', non_blocking=True, copy=True)",
        "torch.zeros_like(torch.ones(2), device='cpu'), torch.rand_like(torch.ones(2), device='cpu').shape",
        "torch.ones(1).get_device(), torch.ones(1).is_cuda, torch.ones(1).is_cpu, torch.ones(1).is_mps",
        "torch.ones(1).is_xpu, torch.ones(1).is_meta, torch.ones(1).is_sparse, torch.ones(1).is_quantized",
        "torch.ones(1).is_pinned(), torch.ones(1).is_shared(), torch.ones(1).share_memory_()",
        "nn.CrossEntropyLoss().cuda(), nn.ReLU().to('cuda'), nn.Linear(2, 2).cpu()",
        "torch.Generator('cpu').device",
    )


@CASES
def devices_by_default(torch: Any) -> dict[str, Any]:
    found = {"first": repr(torch.get_default_device())}
    torch.set_default_device("cpu")
    found["cpu"] = repr((torch.get_default_device(), torch.ones(2)))
    torch.set_default_device("cuda")
    try:
        torch.ones(2)
    except AssertionError as error:
        found["cuda"] = str(error).split("\n")[0]
    torch.set_default_device(None)
    with torch.device("cpu") as place:
        found["context"] = repr((place, torch.ones(2)))
    return found | {"last": repr(torch.ones(2).device)}


@CASES
def devices_asked_for(torch: Any) -> dict[str, Any]:
    return _answers(
        torch,
        "torch.cuda.is_available(), torch.cuda.device_count(), torch.cuda.is_initialized()",
        "torch.cuda.memory_allocated(), torch.cuda.max_memory_allocated(), torch.cuda.memory_reserved()",
        "torch.cuda.memory_stats(), torch.cuda.empty_cache(), torch.cuda.get_arch_list()",
        "torch.cuda.manual_seed(1), torch.cuda.manual_seed_all(1), torch.cuda.seed(), torch.cuda.seed_all()",
        "torch.cuda.get_rng_state_all(), torch.cuda.set_rng_state_all([]), torch.cuda.is_bf16_supported()",
        "torch.accelerator.is_available(), torch.accelerator.current_accelerator()",
        "torch.accelerator.device_count(), torch.accelerator.current_accelerator(check_available=True)",
        "torch.mps.is_available(), torch.mps.device_count(), torch.mps.manual_seed(1)",
        "torch.xpu.is_available(), torch.xpu.device_count(), torch.xpu.empty_cache()",
        "torch.cpu.is_available(), torch.cpu.device_count(), torch.cpu.current_device()",
        "torch.cpu.synchronize(), torch.version.cuda, torch.version.hip",
        "torch.backends.cudnn.is_available(), torch.backends.cudnn.version(), torch.backends.cudnn.enabled",
        "torch.backends.cudnn.benchmark, torch.backends.cudnn.deterministic, torch.backends.cudnn.allow_tf32",
        "torch.backends.cuda.is_built(), torch.backends.cuda.matmul.allow_tf32",
        "torch.backends.mps.is_available(), torch.backends.mps.is_built()",
        "torch.distributed.is_initialized(), torch.jit.is_tracing(), torch.jit.is_scripting()",
    )


@CASES
def devices_switches(torch: Any) -> dict[str, Any]:
    cudnn = torch.backends.cudnn
    before = cudnn.benchmark
    cudnn.benchmark = True
    found = {"set": repr(cudnn.benchmark)}
    with cudnn.flags(enabled=False, deterministic=True):
        found["inside"] = repr((cudnn.enabled, cudnn.benchmark, cudnn.deterministic))
    found["outside"] = repr((cudnn.enabled, cudnn.benchmark, cudnn.deterministic))
    cudnn.benchmark = before
    return found


@CASES
def settings(torch: Any) -> dict[str, Any]:
    found = _answers(
        torch,
        "torch.set_num_threads(2), torch.get_num_threads()",
        "torch.are_deterministic_algorithms_enabled(), torch.get_deterministic_debug_mode()",
        "torch.use_deterministic_algorithms(True), torch.are_deterministic_algorithms_enabled()",
        "torch.get_deterministic_debug_mode(), torch.is_deterministic_algorithms_warn_only_enabled()",
        "torch.set_deterministic_debug_mode('warn'), torch.get_deterministic_debug_mode()",
        "torch.set_deterministic_debug_mode(0), torch.get_deterministic_debug_mode()",
        "torch.get_float32_matmul_precision(), torch.set_float32_matmul_precision('high')",
        "torch.get_float32_matmul_precision(), torch.set_float32_matmul_precision('highest')",
    )
    return found


@CASES
def data_parallel(torch: Any) -> dict[str, Any]:
    torch.manual_seed(0)
    model = torch.nn.Linear(2, 2)
    wrapped = torch.nn.DataParallel(model, device_ids=[0])
    x = torch.ones(1, 2)
    return {
        "printed": repr(wrapped),
        "keys": repr(list(wrapped.state_dict())),
        "equal": repr(torch.equal(wrapped(x), model(x))),
        "rest": repr((wrapped.device_ids, wrapped.module is model)),
        "same": repr(torch.nn.parallel.DataParallel is torch.nn.DataParallel),
    }


@CASES
def compiled(torch: Any) -> dict[str, Any]:
    """Without a call, for which PyTorch needs a C++ compiler."""
    torch.manual_seed(0)
    model = torch.nn.Linear(2, 2)
    wrapped = torch.compile(model, mode="default")
    wrapped.in_features = 3
    return {
        "printed": repr(wrapped),
        "keys": repr(list(wrapped.state_dict())),
        "inside": repr((wrapped._orig_mod is model, wrapped.out_features, model.in_features)),
        "training": repr((wrapped.eval().training, model.training)),
        "decorator": repr(callable(torch.compile(fullgraph=True))),
    }


@CASES
def mixed_precision_switched_off(torch: Any) -> dict[str, Any]:
    found = _answers(
        torch,
        "torch.autocast('cuda', enabled=False).__enter__()._enabled",
        "torch.amp.autocast('cuda')._enabled",
        "torch.autocast('cpu', dtype=torch.float32)._enabled",
        "torch.cuda.amp.autocast()._enabled",
        "torch.cuda.amp.GradScaler().is_enabled()",
        "torch.amp.GradScaler('cuda').get_scale(), torch.amp.GradScaler('cuda').state_dict()",
        "torch.amp.GradScaler('cuda', enabled=False).scale(torch.tensor(2.0))",
        "torch.is_autocast_enabled()",
    )
    return found


@CASES
def grad_scaler(torch: Any) -> dict[str, Any]:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    scaler = torch.amp.GradScaler("cpu", init_scale=8.0, growth_interval=2)
    found: dict[str, Any] = {"state": repr(scaler.state_dict())}
    for step, factor in enumerate((1.0, 1.0, float("inf"), 1.0)):
        optimizer.zero_grad()
        scaler.scale((w * factor).sum()).backward()
        scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
        found[f"step {step}"] = w.detach().clone()
        found[f"scale {step}"] = repr((scaler.get_scale(), scaler.state_dict()))
    other = torch.amp.GradScaler("cpu")
    other.load_state_dict(scaler.state_dict())
    found["loaded"] = repr(other.get_scale())
    found["several"] = repr(other.scale([torch.ones(1), torch.ones(1)]))
    return found


@CASES
def workers(torch: Any) -> dict[str, Any]:
    data = torch.utils.data
    loader = data.DataLoader([1, 2], num_workers=2, pin_memory=True, persistent_workers=True)
    found = repr((loader.num_workers, loader.prefetch_factor, loader.pin_memory, loader.timeout))
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        batches = list(data.DataLoader([1, 2], pin_memory=True))
    return {
        "options": found,
        "batches": repr(batches),
        "warned": "".join(str(each.message) for each in given),
        "worker": repr(data.get_worker_info()),
    }
