"""Shared by the scripts of this folder: writes float64 values of PyTorch as cases of a golden file."""
import json
import os
import torch

torch.set_default_dtype(torch.float64)
HERE = os.path.dirname(os.path.abspath(__file__))


def draw(*shape, scale=1.0):
    """Numbers on a grid of 1/4096: a decimal read as a double is the exact float32."""
    return torch.round(torch.randn(*shape) * scale * 4096) / 4096


def tensor(t):
    return {'shape': list(t.shape), 'data': t.detach().flatten().tolist()}


def case(name, attrs, inputs, run, dy=None, after=None):
    """`run` gives y of the inputs; with dy, gradients of sum(y * dy) are kept under d<name>."""
    leaves = {k: v.clone().requires_grad_() for k, v in inputs.items() if k not in ('labels', 'targets')}
    rest = {k: v for k, v in inputs.items() if k in ('labels', 'targets')}
    y = run(**leaves, **rest)
    upstream = {} if dy is False else {'dy': draw(*y.shape) if dy is None else dy}
    (y if dy is False else (y * upstream['dy']).sum()).backward()
    f32 = run(**{k: v.detach().float() for k, v in leaves.items()},
              **{k: v if v.dtype == torch.int64 else v.float() for k, v in rest.items()})
    error = (f32.double() - y).abs().max().item()
    return {
        'name': name,
        'attrs': attrs,
        'inputs': {k: tensor(v) for k, v in {**inputs, **upstream}.items()},
        'outputs': {'loss': y.item()} if dy is False else {'y': tensor(y)},
        'grads': {'d' + k: tensor(v.grad) for k, v in leaves.items()},
        'tolerance': {'rtol': 1e-5, 'atol': max(1e-6, 32 * error)},
    }


def write(name, what, cases):
    content = {'what': what, 'computed_with': f'PyTorch {torch.__version__}, float64', 'cases': cases}
    lines = ',\n'.join(json.dumps(c) for c in cases)
    head = json.dumps({k: v for k, v in content.items() if k != 'cases'})[:-1]
    with open(os.path.join(HERE, name), 'w') as file:
        file.write(f'{head}, "cases": [\n{lines}\n]}}\n')
