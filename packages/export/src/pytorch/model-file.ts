// model.py: the network in Python, with its classes, and how a picture becomes its input.
import { typedCommand } from '@convbook/core/checks';
import { picturesOf, type TrainedModel } from '@convbook/run';
import type { ExportOptions } from '../export-format.ts';
import { layerClasses, scaleClass, loadFile } from './helpers.ts';
import { layerLine } from './layer-modules.ts';
import { pictureSentences } from './pictures.ts';
import { indent, pythonCall, pythonFloat, pythonList, pythonText, pythonTuple } from './python.ts';

/** The text of model.py. */
export function modelFile(trained: TrainedModel, options: ExportOptions): string {
  const build = buildFunction(trained, options);
  const blocks = [
    `${head}\n\n${constants(trained)}\n\n${loadFile}`,
    ...layerClasses.flatMap(({ name, text }) => (build.includes(`=${name}(`) ? text : [])),
    scaleFunction(trained),
    ...(options.withPreprocessing ? [scaleClass] : []),
    build,
    loadFunction,
    predictFunction(options),
    main,
  ];
  return `${blocks.join('\n\n\n')}\n`;
}

const head = `"""A network that Convbook trained, in PyTorch. Its weights are in model.safetensors, beside this file.

    from model import load, predict

    for name, probability in predict(image):  # the bytes of an image
        print(name, probability)

    model = load()  # an nn.Sequential, whose layers have the names that Convbook gave them

Trained on in PyTorch, it can go back to Convbook, with the --model and --data of the run:

    safetensors.torch.save_file(model.state_dict(), "trained.safetensors")
    ${typedCommand('train')} --from trained.safetensors
"""

import json
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn`;

function constants({ record: { model, data } }: TrainedModel): string {
  const comments = ['An image: channels, rows and columns.', ...pictureSentences(picturesOf(data))];
  const lines = [
    `NAME = ${pythonText(`${model.name} on ${data.name}`)}`,
    `CLASSES = ${pythonList(data.classNames.map(pythonText))}`,
    ...comments.map((comment) => `# ${comment}`),
    `IMAGE = ${pythonTuple(data.sampleShape)}`,
  ];
  if (data.standardization) {
    const { means, deviations } = data.standardization;
    lines.push(
      '# Mean and standard deviation of byte / 255 in each channel of the training images.',
      `MEAN = ${pythonList(means.map(pythonFloat))}`,
      `DEVIATION = ${pythonList(deviations.map(pythonFloat))}`,
    );
  }
  return lines.join('\n');
}

const standardize = `mean = torch.tensor(MEAN, device=images.device).reshape(-1, 1, 1)
    deviation = torch.tensor(DEVIATION, device=images.device).reshape(-1, 1, 1)
    return (images / 255 - mean) / deviation`;

function scaleFunction({ record: { data, model } }: TrainedModel): string {
  const numbers = data.standardization ? standardize : 'return images / 255';
  const isOneShape = model.input.join() === data.sampleShape.join();
  const shaped = isOneShape
    ? numbers
    : `${numbers.replace(/return (.*)$/, 'return ($1)')}.reshape(-1, ${model.input.join(', ')})`;
  return `def scale(images):
    """Bytes of images, [n, channels, rows, columns], as the numbers that the network takes."""
    ${shaped}`;
}

function buildFunction(
  { model }: TrainedModel,
  { withPreprocessing, output }: ExportOptions,
): string {
  const layers = [
    ...(withPreprocessing ? [`scale=Scale(),  # ${model.input.join(' x ')}`] : []),
    ...model.layers.map(layerLine),
    ...(output === 'softmax' ? ['probabilities=nn.Softmax(dim=1),'] : []),
  ];
  const takes = withPreprocessing ? 'bytes of images, [n, *IMAGE]' : 'what scale() gives';
  const gives = output === 'softmax' ? 'probabilities' : 'logits';
  return `def build():
    """The network with random weights: takes ${takes}, gives ${gives}."""
${indent(`return nn.Sequential(${pythonCall('OrderedDict', layers)})`)}`;
}

const loadFunction = `def load(path=Path(__file__).with_name("model.safetensors")):
    """The trained network, ready to predict."""
    model = build()
    model.load_state_dict(load_file(path), strict=True)
    return model.eval()`;

function predictFunction({ withPreprocessing, output }: ExportOptions): string {
  const input = withPreprocessing ? 'image[None]' : 'scale(image[None])';
  const softmax = output === 'softmax' ? '' : '.softmax(0)';
  return `@torch.no_grad()
def predict(image, model=None):
    """The class names with their probabilities, the likeliest first.

    image: its bytes, an array or tensor of shape IMAGE; a grey one may lack the channel.
    model: what load() gave; without it, the weights are read each time.
    """
    image = torch.as_tensor(image)
    if image.ndim == 2:
        image = image[None]
    if image.dtype != torch.uint8 or tuple(image.shape) != IMAGE:
        raise ValueError(
            f"predict: expected bytes (torch.uint8) of shape {IMAGE}, "
            f"got {image.dtype} of shape {tuple(image.shape)}"
        )
    model = load() if model is None else model
    probabilities = model(${input}).flatten()${softmax}
    values, classes = probabilities.sort(descending=True, stable=True)
    return [(CLASSES[k], value) for k, value in zip(classes.tolist(), values.tolist())]`;
}

const main = `if __name__ == "__main__":
    print(load())`;
