// model.py and model.safetensors as PyTorch runs them; skipped where no Python has PyTorch.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { elementCount, imageToNumbers } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { dense, presets, type ModelSpec } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { temporaryDirectory, temporaryFolder } from '@convbook/run/testing/folders';
import { imagesOf } from '@convbook/runtime/testing';
import { describe, expect, test } from 'vitest';
import type { ExportedModel, ExportOptions } from '../export-format.ts';
import { writeExport } from '../write-export.ts';
import { pytorchFormat } from './format.ts';
import { layerModels } from './testing/every-layer.ts';
import { python, runPython } from './testing/python.ts';
import { trainedModel } from '../testing/trained.ts';

const module = await loadKernelModule('plain');
const usual: ExportOptions = { withPreprocessing: false, output: 'logits' };
const batch = 3;

/** Writes the export, `images.bin`, and the numbers that the kernels make of these as `logits.bin`. */
async function write(
  trained: ExportedModel,
  options = usual,
  place = path.join(temporaryFolder(), 'pytorch'),
): Promise<string> {
  await writeExport(await pytorchFormat.files(trained, options), { place, mayReplace: false });
  const images = [...imagesOf(batch, trained.record.data.sampleShape).values()];
  writeFileSync(path.join(place, 'images.bin'), Buffer.concat(images));
  const { model, parameters, scaling } = trained;
  const x = Float32Array.from(images.flatMap((image) => [...imageToNumbers(image, scaling)]));
  const { y } = runModel({ module, model, parameters, x, batchSize: batch });
  writeFileSync(path.join(place, 'logits.bin'), Buffer.from(y.buffer));
  return place;
}

// A module of its own for each folder.
const start = `
import importlib.util, json, sys, torch

def read(folder):
    spec = importlib.util.spec_from_file_location("exported", folder + "/model.py")
    exported = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exported)
    values = lambda name, dtype: torch.frombuffer(bytearray(open(folder + name, "rb").read()), dtype=dtype)
    images = values("/images.bin", torch.uint8).reshape(-1, *exported.IMAGE)
    return exported, images, values("/logits.bin", torch.float32).reshape(len(images), -1)
`;

/** The numbers that PyTorch computes from an export, compared with ours. */
interface Compared {
  /** Largest difference, and largest number. */
  readonly difference: number;
  readonly largest: number;
  /** Names in the state_dict, and those that it or the file has alone. */
  readonly names: number;
  readonly alone: string[];
}

const compare = `${start}
@torch.no_grad()
def compared(folder):
    exported, images, expected = read(folder)
    model = exported.load()
    takes_bytes = hasattr(model, "scale")
    got = model(images if takes_bytes else exported.scale(images)).flatten(1)
    if hasattr(model, "probabilities"):
        expected = expected.softmax(1)
    file, own = set(exported.load_file(folder + "/model.safetensors")), set(model.state_dict())
    return {"difference": (got - expected).abs().max().item(), "largest": expected.abs().max().item(),
            "names": len(own), "alone": sorted(file ^ own)}

print(json.dumps([compared(folder) for folder in sys.argv[1:]]))
`;

// AlexNet has 249 MB of weights.
const isLong = process.env.CONVBOOK_LONG === '1';
const chosen = Object.entries(presets).filter(([name]) => isLong || name !== 'alexnet');
const models: [name: string, model: ModelSpec][] = [...chosen, ...Object.entries(layerModels)];

const standardization = { means: [0.1, 0.5, 0.3], deviations: [0.2, 0.31, 0.27] };
const [colour, order] = Object.values(layerModels);
const vector: ModelSpec = { name: 'vector', input: [18], layers: [dense({ units: 3 })] };
const bytesIn: [name: string, trained: ExportedModel][] = [
  ['byte / 255', trainedModel(colour)],
  ['standardized', trainedModel(colour, { standardization })],
  [
    'standardized images as a vector',
    trainedModel(vector, { standardization, data: { sampleShape: [3, 2, 3] } }),
  ],
];

/** Every model in one process: PyTorch takes a second to start. */
async function compareAll(): Promise<Map<string, Compared>> {
  const folder = temporaryDirectory();
  const places = new Map<string, string>();
  const add = async (name: string, trained: ExportedModel, options?: ExportOptions) => {
    const place = path.join(folder, String(places.size));
    places.set(name, await write(trained, options, place));
  };
  for (const [name, spec] of models) await add(name, trainedModel(spec));
  for (const [name, trained] of bytesIn) {
    await add(name, trained, { withPreprocessing: true, output: 'softmax' });
  }
  const found = JSON.parse(runPython(compare, ...places.values())) as Compared[];
  return new Map([...places.keys()].map((name, k) => [name, found[k]]));
}

const compared = python === null ? new Map<string, Compared>() : await compareAll();

describe.skipIf(python === null)('PyTorch', () => {
  test.each(models)('%s: logits within 1e-4, every name in both', (name) => {
    const { difference, largest, alone } = compared.get(name) ?? {};
    expect(alone).toEqual([]);
    expect(largest).toBeGreaterThan(0.01);
    expect(difference).toBeLessThan(1e-4);
  });

  test.each(bytesIn)('bytes in, probabilities out: %s', (name, { model }) => {
    const { difference, names } = compared.get(name) ?? {};
    expect(difference).toBeLessThan(1e-5);
    const norms = model.parameters.filter((own) => own.name.endsWith('.running_var'));
    expect(names).toBe(model.parameters.length + norms.length);
  });

  test('predict() sorts classes of any name, and refuses what is not an image', async () => {
    const classNames = ['"quoted" \\ \n', '한글', '🦉 \u202e\u2028', "'; import os"];
    const trained = trainedModel(order, {
      data: { classNames, name: '"""\nraise SystemExit(9)\n"""' },
    });
    const place = await write(trained);
    const program = `${start}
exported, images, expected = read(sys.argv[1])
model = exported.load()
answer = exported.predict(images[1].numpy(), model)
want = expected[1].softmax(0)
assert exported.predict(images[1]) == answer
assert [name for name, _ in answer] == [exported.CLASSES[k] for k in want.argsort(descending=True)]
assert abs(sum(value for _, value in answer) - 1) < 1e-5
def refused(image):
    try:
        exported.predict(image, model)
    except ValueError as error:
        return str(error)
print(json.dumps([exported.CLASSES, exported.NAME, refused(images[0].float()), refused(images)]))
`;
    const said = 'predict: expected bytes (torch.uint8) of shape (2, 5, 7), got torch.';
    expect(JSON.parse(runPython(program, place))).toEqual([
      classNames,
      'order on """\nraise SystemExit(9)\n"""',
      `${said}float32 of shape (2, 5, 7)`,
      `${said}uint8 of shape (3, 2, 5, 7)`,
    ]);
    expect(elementCount(trained.model.output)).toBe(classNames.length);
  });

  test('frozen statistics stay while PyTorch trains, others do not; every batchNorm counts its steps', async () => {
    const program = `${start}
exported, images, expected = read(sys.argv[1])
model = exported.load()
counted = [value.item() for name, value in model.state_dict().items() if "num_batches" in name]
model.train()
before = {name: value.clone() for name, value in model.state_dict().items()}
model(exported.scale(images))
changed = [name for name, value in model.state_dict().items() if not torch.equal(value, before[name])]
print(json.dumps([counted, changed]))
`;
    const place = await write(trainedModel(colour));
    const statistics = ['running_mean', 'running_var', 'num_batches_tracked'];
    expect(JSON.parse(runPython(program, place))).toEqual([
      [14, 14, 14],
      ['bn1', 'residual1.bn1'].flatMap((name) => statistics.map((own) => `${name}.${own}`)),
    ]);
  });
});
