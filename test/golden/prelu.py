"""Writes prelu.json in this folder: PyTorch's PReLU with a slope for each channel."""
import torch
import torch.nn.functional as F
from golden import case, draw, write

torch.manual_seed(20261128)


def prelu(*shape, extreme=False):
    x = draw(*shape, scale=1000 if extreme else 2)
    x.view(-1)[::5] = 0
    inputs = {'x': x, 'weight': draw(shape[1])}
    name = ' '.join(['prelu', 'x'.join(map(str, shape)), *(['extreme'] if extreme else [])])
    return case(name, {'layer': {'kind': 'prelu'}}, inputs, lambda x, weight: F.prelu(x, weight))


def initial():
    module = torch.nn.PReLU(3).double()
    inputs = {'x': draw(2, 3, 3, 2), 'weight': module.weight.detach()}
    layer = {'kind': 'prelu', 'initialSlope': module.weight[0].item()}
    return case('prelu as it begins', {'layer': layer}, inputs, lambda x, weight: F.prelu(x, weight))


write('prelu.json', 'PReLU, a slope for each channel', [
    prelu(2, 3, 4, 5),
    prelu(1, 1, 7, 3),
    prelu(5, 17),
    prelu(3, 4, 3, 3, extreme=True),
    initial(),
])
