// A model goes to PyTorch, trains on there, and comes back by `--from`; skipped where no Python has PyTorch.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { readHeader } from '@convbook/core/files';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, describe, expect, test } from 'vitest';
import { python, runPython } from '../packages/export/src/pytorch/testing/python.ts';
import { commandWords } from './harness/command-words.ts';
import { runNode } from './run-node.ts';

const folder = temporaryDirectory();
const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);
const train = (...rest: string[]) =>
  run(
    'train',
    '--model=./model.ts',
    '--data=synthetic',
    '--limit=40',
    '--epochs=1',
    '--workers=0',
    '--progress=none',
    ...rest,
  );

const model = `export default {
  name: 'small',
  input: [1, 28, 28],
  layers: [
    { kind: 'conv2d', filters: 4, kernelSize: 5, stride: 2 },
    { kind: 'batchNorm' },
    { kind: 'prelu' },
    { kind: 'residual', layers: [{ kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1 }, { kind: 'batchNorm' }] },
    { kind: 'flatten' },
    { kind: 'dense', units: 10 },
  ],
};
`;

// Writes the state_dict as safetensors' save_file does, for a Python without that package.
const trainOn = `
import json, struct, sys
sys.path.insert(0, "pytorch")
import torch
from model import IMAGE, build, load, scale

network = load().train()
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
for step in range(3):
    images = torch.randint(0, 256, (8, *IMAGE), dtype=torch.uint8)
    loss = torch.nn.functional.cross_entropy(network(scale(images)), torch.randint(0, 10, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
header, data = {}, b""
for name, tensor in network.state_dict().items():
    values = tensor.numpy().tobytes()
    dtype = {"torch.float32": "F32", "torch.int64": "I64"}[str(tensor.dtype)]
    header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
    data += values
text = json.dumps(header).encode()
open("trained.safetensors", "wb").write(struct.pack("<Q", len(text)) + text + data)
build().load_state_dict(network.state_dict(), strict=True)
`;

describe.skipIf(python === null)('a model that PyTorch trains on', () => {
  beforeAll(async () => {
    writeFileSync(path.join(folder, 'model.ts'), model);
    const { code, stderr } = await train('--out=first');
    expect(code, stderr).toBe(0);
  });

  test('comes back whole by --from, with the counters of batchNorm passed over', async () => {
    const exported = await run('export', 'first', '--format=pytorch', '--out=pytorch');
    expect(exported).toMatchObject({ code: 0, stdout: `${path.join(folder, 'pytorch')}\n` });
    runPython(`import os; os.chdir(${JSON.stringify(folder)})\n${trainOn}`);
    const { code, stderr } = await train('--from=trained.safetensors', '--out=second');
    expect(code, stderr).toBe(0);
    expect(stderr).not.toContain('only a part fits');
    const read = (file: string) => readFileSync(path.join(folder, file));
    const bytes = read('trained.safetensors');
    const { entries, dataStart } = readHeader(bytes, 'trained.safetensors');
    const { tensors } = decodeSafetensors(read('second/start.safetensors'), 'start.safetensors');
    const floats = entries.filter(({ dtype }) => dtype === 'F32');
    expect(entries.length - floats.length).toBe(2);
    expect([...tensors.keys()].sort()).toEqual(floats.map(({ name }) => name).sort());
    for (const { name, begin, end } of floats) {
      const data = tensors.get(name)?.data ?? new Float32Array();
      const written = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      expect(written.equals(bytes.subarray(dataStart + begin, dataStart + end)), name).toBe(true);
    }
  });

  test('another model refuses it, and names every tensor', async () => {
    writeFileSync(
      path.join(folder, 'model.ts'),
      model.replaceAll('filters: 4', 'filters: 5').replace('units: 10', 'units: 9'),
    );
    const { code, stderr } = await train('--from=first/model.safetensors', '--out=third');
    writeFileSync(path.join(folder, 'model.ts'), model);
    expect(code).toBe(2);
    expect(stderr).toContain('bn1.running_var: expected F32 [5], got F32 [4]; ');
    expect(stderr).toContain('residual1.conv1.bias: expected F32 [5], got F32 [4]; ');
    expect(stderr.split('\n')).toHaveLength(2);
  });
});
