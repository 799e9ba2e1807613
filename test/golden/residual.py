"""Writes residual.json in this folder: PyTorch's sums of layers and of a shortcut."""
import torch
import torch.nn.functional as F
from golden import case, draw, write

torch.manual_seed(20261129)


def norm(x, p, name):
    return F.batch_norm(x, None, None, p[f'{name}.weight'], p[f'{name}.bias'], training=True, eps=1e-5)


def conv(filters, stride=1):
    return {'kind': 'conv2d', 'filters': filters, 'kernelSize': 3, 'padding': 1, 'stride': stride, 'bias': False}


def basic(n, c, h, w, filters, stride=1, **settings):
    """The block of He et al., 2015, for CIFAR, without the ReLU after the sum."""
    layer = {'kind': 'residual', 'layers': [
        conv(filters, stride), {'kind': 'batchNorm'}, {'kind': 'relu'}, conv(filters), {'kind': 'batchNorm'},
    ], **settings}
    inputs = {'x': draw(n, c, h, w), 'conv1.weight': draw(filters, c, 3, 3)}
    for name in ('bn1', 'bn2'):
        inputs |= {f'{name}.weight': draw(filters), f'{name}.bias': draw(filters)}
    inputs['conv2.weight'] = draw(filters, filters, 3, 3)
    has_shortcut = c != filters or stride > 1 or settings.get('shortcut') == 'conv'
    if has_shortcut:
        inputs['shortcut.weight'] = draw(filters, c, 1, 1)

    def run(x, **p):
        y = F.relu(norm(F.conv2d(x, p['conv1.weight'], None, stride, 1), p, 'bn1'))
        y = norm(F.conv2d(y, p['conv2.weight'], None, 1, 1), p, 'bn2')
        return y + (F.conv2d(x, p['shortcut.weight'], None, stride) if has_shortcut else x)

    name = f'basic n{n} {c}x{h}x{w} -> {filters} s{stride} ' + ('convolution' if has_shortcut else 'identity')
    return case(name, {'layer': layer}, inputs, run)


def dense(n, features):
    layer = {'kind': 'residual', 'layers': [{'kind': 'dense', 'units': 5}, {'kind': 'tanh'},
                                            {'kind': 'dense', 'units': features}]}
    inputs = {'x': draw(n, features), 'dense1.weight': draw(5, features), 'dense1.bias': draw(5),
              'dense2.weight': draw(features, 5), 'dense2.bias': draw(features)}

    def run(x, **p):
        y = torch.tanh(F.linear(x, p['dense1.weight'], p['dense1.bias']))
        return F.linear(y, p['dense2.weight'], p['dense2.bias']) + x

    return case(f'dense n{n} {features}', {'layer': layer}, inputs, run)


write('residual.json', 'residual blocks: layers(x) + shortcut(x)', [
    basic(2, 3, 5, 4, 3),
    basic(3, 2, 6, 6, 4, stride=2),
    basic(1, 3, 7, 5, 4, stride=2),
    basic(5, 2, 4, 3, 2, shortcut='conv'),
    dense(3, 4),
])
