"""PyTorch training step time.
  BENCH_T0=$(date +%s.%N) /usr/bin/python3 bench_torch.py --model=simple-convnet --threads=2 [--layout=nchw|nhwc]
      [--mode=eager|jit] [--foreach=0|1] [--blas=N] [--ftz=1] [--step]"""
import time
from torch_common import *
o = opts(model="simple-convnet", threads="1", layout="nchw", mode="eager", foreach="0", blas="", ftz="0", opt="adam", tag="")
env_threads(int(o["threads"]), int(o["blas"]) if o["blas"] else None)
import torch
import torch.nn.functional as F
torch.set_num_threads(int(o["threads"]))
if o["ftz"] == "1":
    torch.set_flush_denormal(True)
torch.manual_seed(1)
spec = MODELS[o["model"]]
t_import = since_start()
data = batches(spec)
net = build(spec).train()
if o["layout"] == "nhwc":
    net = net.to(memory_format=torch.channels_last)
    data = [(x.to(memory_format=torch.channels_last), y) for x, y in data]
if o["mode"].startswith("jit"):
    class L(torch.nn.Module):
        def __init__(s, n):
            super().__init__(); s.n = n

        def forward(s, x, y):
            return F.cross_entropy(s.n(x), y)
    lossf = torch.jit.trace(L(net), data[0])
    if o["mode"] == "jitopt":
        torch.jit.enable_onednn_fusion(True)
else:
    lossf = lambda x, y: F.cross_entropy(net(x), y)
if o["opt"] == "adam":
    opt = torch.optim.Adam(net.parameters(), lr=1e-3, foreach=o["foreach"] == "1")
else:
    opt = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
losses = []


def step(i):
    x, y = data[i % len(data)]
    opt.zero_grad(set_to_none=True)
    loss = lossf(x, y)
    loss.backward()
    opt.step()
    losses.append(loss.item())


t_ready = since_start()
r = time_steps(step)
f = flops(spec) * spec["batch"]
emit(dict(kind="step", peer="pytorch", model=o["model"], threads=int(o["threads"]),
          variant="%s %s%s%s%s" % (o["layout"], o["mode"], " foreach" if o["foreach"] == "1" else "",
                                   " blas=" + o["blas"] if o["blas"] else "", o["tag"] and " " + o["tag"]),
          opt=o["opt"], batch=spec["batch"], import_s=round(t_import, 3), ready_s=round(t_ready, 3),
          img_s=spec["batch"] / r["ms"] * 1e3, gflops=f / r["ms"] / 1e6, loss0=losses[0], lossN=losses[-1], **r))
