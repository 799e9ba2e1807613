"""Writes the *_more.json files of this folder: PyTorch's float64 values for cases that the others leave out."""
import torch
import torch.nn.functional as F
from golden import case, draw, tensor, write

torch.manual_seed(20261125)


def conv(n, c, h, w, out, kernel, stride, pad, dilation=(1, 1), groups=1, bias=True):
    attrs = {
        'layout': 'NCHW', 'kernel': kernel, 'stride': stride, 'pad': pad, 'rounding': 'floor',
        'in_channels': c, 'out_channels': out, 'weight_layout': '[out, in, kh, kw]',
        'dilation': dilation, 'groups': groups,
    }
    inputs = {'x': draw(n, c, h, w), 'w': draw(out, c // groups, *kernel)}
    if bias:
        inputs['b'] = draw(out)
    size = lambda pair: 'x'.join(map(str, pair))
    name = (f'conv n{n} c{c} {h}x{w} -> {out} k{size(kernel)} s{size(stride)} p{size(pad)} '
            f'd{size(dilation)} g{groups}' + ('' if bias else ' no bias'))
    return case(name, attrs, inputs, lambda x, w, b=None: F.conv2d(x, w, b, stride, pad, dilation, groups))


def pool(kind, n, c, h, w, size, stride, pad, ceil, count=True):
    def run(x):
        if kind == 'avg':
            return F.avg_pool2d(x, size, stride, pad, ceil, count)
        sign = 1 if kind == 'max' else -1
        return sign * F.max_pool2d(sign * x, size, stride, pad, ceil_mode=ceil)

    attrs = {
        'kind': kind, 'layout': 'NCHW', 'size': size, 'stride': stride, 'pad': pad,
        'rounding': 'ceil' if ceil else 'floor',
        'pad_value': {'max': '-inf', 'min': '+inf', 'avg': '0'}[kind],
    }
    if kind == 'avg':
        attrs['count_include_pad'] = count
    # No two numbers are equal: ties have no one gradient.
    x = torch.randperm(n * c * h * w).reshape(n, c, h, w) / 64 - n * c * h * w / 128
    pair = lambda p: 'x'.join(map(str, p))
    name = f"{kind} n{n} c{c} {h}x{w} size{pair(size)} s{pair(stride)} p{pair(pad)} {attrs['rounding']}"
    return case(name + ('' if count else ' nopad'), attrs, {'x': x}, run)


extremes = torch.tensor([[0.0, -0.0, 2**-10, -2**-10, 1, -1, 20, -20, 88, -88, 1000, -1000]])


def activation(name, run, x, **attrs):
    kind = 'extreme' if x is extremes else 'ordinary ' + 'x'.join(map(str, x.shape))
    return case(f'{name} {kind} {attrs or ""}'.strip(), {'activation': name, **attrs}, {'x': x}, run)


def loss(name, run, inputs, **attrs):
    title = ' '.join([name, *(f'{k}={v}' for k, v in attrs.items() if k != 'target')])
    return case(title, {'loss': name, **attrs}, inputs, run, dy=False)


def optimizer(name, create, **attrs):
    p = torch.nn.Parameter(draw(7))
    grads, after = [draw(7) for _ in range(5)], []
    first, step = tensor(p), create([p])
    for g in grads:
        p.grad = g.clone()
        step.step()
        after.append(tensor(p))
    return {
        'name': ' '.join([name, *(f'{k}={v}' for k, v in attrs.items())]),
        'attrs': {'optimizer': name, **attrs},
        'inputs': {'p': first, 'grads': [tensor(g) for g in grads]},
        'outputs': {'p_after_step': after},
        'tolerance': {'rtol': 1e-5, 'atol': 1e-6},
    }


write('conv2d_more.json', 'convolutions with dilation, groups and without bias', [
    conv(2, 2, 9, 8, 3, (3, 3), (1, 1), (2, 2), dilation=(2, 2)),
    conv(1, 4, 11, 10, 6, (3, 2), (2, 1), (1, 0), dilation=(2, 3), groups=2),
    conv(3, 4, 7, 6, 4, (3, 3), (1, 1), (1, 1), groups=4, bias=False),
    conv(2, 3, 8, 9, 6, (3, 3), (2, 2), (1, 1), groups=3),
    conv(5, 6, 7, 9, 9, (2, 3), (2, 3), (1, 2), dilation=(3, 1), groups=3, bias=False),
    conv(1, 1, 6, 13, 2, (1, 7), (1, 2), (0, 3)),
    conv(2, 2, 12, 5, 5, (7, 1), (3, 1), (3, 0), bias=False),
    conv(4, 8, 3, 3, 8, (3, 3), (1, 1), (0, 0), groups=2),
])
write('pool2d_more.json', 'pooling rounded up, overlapping, padded by axis', [
    pool('max', 2, 2, 7, 8, (2, 2), (2, 2), (0, 0), True),
    pool('max', 1, 3, 8, 7, (3, 3), (2, 2), (1, 1), True),
    pool('max', 2, 1, 9, 10, (3, 2), (1, 3), (1, 0), False),
    pool('max', 1, 2, 10, 7, (2, 3), (3, 2), (1, 1), True),
    pool('avg', 2, 2, 7, 8, (2, 2), (2, 2), (0, 0), True),
    pool('avg', 1, 2, 8, 7, (3, 3), (2, 2), (1, 1), True),
    pool('avg', 1, 2, 8, 7, (3, 3), (2, 2), (1, 1), True, False),
    pool('avg', 3, 1, 5, 9, (2, 4), (1, 3), (0, 2), False),
    pool('min', 2, 2, 7, 8, (3, 3), (2, 2), (1, 1), True),
    pool('min', 1, 2, 6, 9, (2, 3), (1, 2), (1, 0), False),
])
write('activations_more.json', 'GELU, SiLU, softmax, and other settings of leaky ReLU and ELU', [
    *(activation('gelu', lambda x: F.gelu(x), x, approximate='none') for x in (draw(3, 17, scale=2), extremes)),
    *(activation('silu', lambda x: F.silu(x), x) for x in (draw(3, 17, scale=2), extremes)),
    *(activation('softmax', lambda x: F.softmax(x, 1), x, axis=1)
      for x in (draw(3, 17, scale=2), extremes, draw(2, 3, 2, 5, scale=3))),
    *(activation('leaky_relu', lambda x: F.leaky_relu(x, 0.25), x, slope=0.25) for x in (draw(2, 3, 4, 5), extremes)),
    *(activation('elu', lambda x: F.elu(x, 0.5), x, alpha=0.5) for x in (draw(2, 3, 4, 5), extremes)),
])
labels = lambda n, c: torch.randint(c, (n,))
wide = torch.tensor([[1000, -1000, 0, 1], [-1000, -1000, -1000, 1000], [88, -88, 0, 0.5], [0, 0, 0, 0]], dtype=torch.float64)
write('losses_more.json', 'label smoothing, Huber, sums, and binary cross-entropy of extreme logits', [
    *(loss('softmax_cross_entropy',
           lambda x, labels, r=r, s=s: F.cross_entropy(x, labels, reduction=r, label_smoothing=s),
           {'x': x, 'labels': labels(*x.shape)}, target='class index', reduction=r, label_smoothing=s)
      for x, r, s in ((draw(5, 7, scale=3), 'mean', 0.1), (draw(9, 3), 'sum', 0.3), (wide, 'mean', 0.05))),
    *(loss('huber', lambda x, targets, r=r, d=d: F.huber_loss(x, targets, reduction=r, delta=d),
           {'x': draw(6, 5, scale=2), 'targets': draw(6, 5)}, reduction=r, delta=d)
      for r, d in (('mean', 1.0), ('sum', 0.5), ('mean', 2.5))),
    *(loss('sigmoid_binary_cross_entropy',
           lambda x, targets, r=r: F.binary_cross_entropy_with_logits(x, targets, reduction=r),
           {'x': x, 'targets': torch.rand(x.shape).mul(16).round() / 16}, reduction=r)
      for x, r in ((draw(5, 7, scale=3), 'sum'), (wide, 'mean'))),
])
opt = torch.optim
write('optimizers_more.json', 'optimizers with weight decay and other rates', [
    optimizer('momentum', lambda p: opt.SGD(p, 0.1, 0.5), lr=0.1, momentum=0.5),
    optimizer('nesterov', lambda p: opt.SGD(p, 0.02, 0.8, weight_decay=0.05, nesterov=True),
              lr=0.02, momentum=0.8, weight_decay=0.05),
    optimizer('adagrad', lambda p: opt.Adagrad(p, 0.05, weight_decay=0.02, eps=1e-10),
              lr=0.05, eps=1e-10, weight_decay=0.02),
    optimizer('rmsprop', lambda p: opt.RMSprop(p, 0.005, alpha=0.95, eps=1e-6, weight_decay=0.01),
              lr=0.005, alpha=0.95, eps=1e-6, weight_decay=0.01),
    optimizer('adam', lambda p: opt.Adam(p, 0.02, (0.5, 0.9), eps=1e-4), lr=0.02, betas=[0.5, 0.9], eps=1e-4),
    optimizer('adamw', lambda p: opt.AdamW(p, 0.01, (0.85, 0.98), weight_decay=0.3),
              lr=0.01, betas=[0.85, 0.98], eps=1e-8, weight_decay=0.3),
])
