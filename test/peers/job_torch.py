"""The whole job in PyTorch: simple-convnet on MNIST with the settings of `scripts/job.ts`.

python3 job_torch.py --epochs 3 --learning-rate 0.01 --weight-decay 0.1 --shift 1
    --batch-size 100 --seed 1 --threads 2 --data FOLDER
One JSON line an epoch: {"event": "epoch", "epoch": 1, "testAccuracy": 0.98}.
Channels last and traced, which is its fastest here.
"""
import argparse
import json
import os
import struct

options = argparse.ArgumentParser()
for name, kind in [
    ("epochs", int), ("learning-rate", float), ("weight-decay", float), ("shift", float),
    ("batch-size", int), ("seed", int), ("threads", int), ("data", str),
]:
    options.add_argument("--" + name, type=kind, required=True)
options = options.parse_args()
# Before OpenBLAS and OpenMP load.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(options.threads)

import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(options.threads)
torch.manual_seed(options.seed)


def read_idx(name):
    with open(os.path.join(options.data, name), "rb") as file:
        dimensions = file.read(4)[3]
        shape = struct.unpack(">%dI" % dimensions, file.read(4 * dimensions))
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(shape)


def load(prefix):
    images = read_idx(prefix + "-images-idx3-ubyte").to(torch.float32).div_(255).unsqueeze(1)
    labels = read_idx(prefix + "-labels-idx1-ubyte").to(torch.int64)
    return images.to(memory_format=torch.channels_last), labels


def shifted(x):
    """Each image moved by up to so many pixels along each axis, bilinear, zero outside."""
    if options.shift == 0:
        return x
    moves = torch.zeros(len(x), 2, 3)
    moves[:, 0, 0] = moves[:, 1, 1] = 1
    # The grid spans two from end to end.
    moves[:, :, 2] = (torch.rand(len(x), 2) * 2 - 1) * options.shift * 2 / x.shape[-1]
    grid = functional.affine_grid(moves, x.shape, align_corners=False)
    return functional.grid_sample(x, grid, align_corners=False)


class Loss(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x, labels):
        return functional.cross_entropy(self.model(x), labels)


images, labels = load("train")
test_images, test_labels = load("t10k")
model = nn.Sequential(
    nn.Conv2d(1, 30, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
    nn.Linear(30 * 12 * 12, 100), nn.ReLU(), nn.Linear(100, 10))
for layer in model:
    if hasattr(layer, "weight"):
        nn.init.normal_(layer.weight, 0, 0.01)
        nn.init.zeros_(layer.bias)
model = model.to(memory_format=torch.channels_last)
size, count = options.batch_size, len(images)
loss_of = torch.jit.trace(Loss(model), (images[:size], labels[:size]))
optimizer = torch.optim.AdamW(
    model.parameters(), lr=options.learning_rate, weight_decay=options.weight_decay)
schedule = torch.optim.lr_scheduler.OneCycleLR(
    optimizer, options.learning_rate, total_steps=options.epochs * -(-count // size),
    pct_start=0.3, cycle_momentum=False, div_factor=25, final_div_factor=10_000)

for epoch in range(1, options.epochs + 1):
    order = torch.randperm(count)
    for first in range(0, count, size):
        chosen = order[first:first + size]
        optimizer.zero_grad(set_to_none=True)
        loss_of(shifted(images[chosen]), labels[chosen]).backward()
        optimizer.step()
        schedule.step()
    with torch.no_grad():
        correct = sum(
            int((model(test_images[i:i + 500]).argmax(1) == test_labels[i:i + 500]).sum())
            for i in range(0, len(test_images), 500))
    print(json.dumps({"event": "epoch", "epoch": epoch, "testAccuracy": correct / len(test_images)}),
          flush=True)
