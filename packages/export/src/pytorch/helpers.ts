// Classes and functions in Python that an exported model.py needs beside PyTorch's own.

/** A small class; a model.py has those that its layers name. */
export interface PythonClass {
  readonly name: string;
  readonly text: string;
}

const frozenBatchNorm = (dimensions: 1 | 2): PythonClass => ({
  name: `FrozenBatchNorm${dimensions}d`,
  text: `class FrozenBatchNorm${dimensions}d(nn.BatchNorm${dimensions}d):
    """Normalizes with its running statistics, and keeps them, while the model trains too."""

    def train(self, mode=True):
        return super().train(False)`,
});

export const layerClasses: readonly PythonClass[] = [
  {
    name: 'MinPool2d',
    text: `class MinPool2d(nn.MaxPool2d):
    """The smallest value of each window."""

    def forward(self, x):
        return -super().forward(-x)`,
  },
  frozenBatchNorm(1),
  frozenBatchNorm(2),
  {
    name: 'Residual',
    text: `class Residual(nn.Module):
    """A residual block: layers(x) + shortcut(x). Without a shortcut, x itself is added."""

    def __init__(self, shortcut=None, **layers):
        super().__init__()
        self.names = list(layers)
        for name, layer in layers.items():
            self.add_module(name, layer)
        self.shortcut = nn.Identity() if shortcut is None else shortcut

    def forward(self, x):
        y = x
        for name in self.names:
            y = getattr(self, name)(y)
        return y + self.shortcut(x)`,
  },
];

/** The first layer of a model that takes bytes. */
export const scaleClass = `class Scale(nn.Module):
    """The first layer: takes bytes."""

    def forward(self, images):
        return scale(images)`;

/** Reads the weights, with the package of the format or without. */
export const loadFile = `try:
    from safetensors.torch import load_file
except ImportError:

    def load_file(path):
        """Reads a safetensors file: a JSON header says where the bytes of each tensor lie."""
        data = bytearray(Path(path).read_bytes())
        start = 8 + int.from_bytes(data[:8], "little")
        header = json.loads(data[8:start])
        types = {"F32": torch.float32, "I64": torch.int64}
        tensors = {}
        for name, entry in header.items():
            if name != "__metadata__":
                begin, end = entry["data_offsets"]
                values = torch.frombuffer(data[start + begin : start + end], dtype=types[entry["dtype"]])
                tensors[name] = values.reshape(entry["shape"])
        return tensors`;
