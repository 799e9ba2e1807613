// All that `pnpm data` says of a data set, as plain data.
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { typedCommand } from '@convbook/core/checks';
import { sourceOf, type Dataset, type DatasetFiles } from '@convbook/data';
import type { PictureSettings } from '@convbook/data/folder';
import { formatName } from '@convbook/data/pictures';
import {
  datasetWarnings,
  describeDataset,
  faultLines,
  findFaults,
  pictureSizes,
  type ImageFault,
} from '@convbook/data/training';
import { presets, summarize } from '@convbook/layers';
import { pathWord, shellWord } from '@convbook/run';
import { readingFlags } from '@convbook/trainer/settings';
import { fitModel } from './fit-model.ts';

/** The data set, how it was read, its faults, and what would be trained on. */
export type DataReport = ReturnType<typeof inspectData>;

/**
 * Looks at a data set.
 *
 * @param typed As the user named it.
 * @param preset The model that would be trained.
 */
export function inspectData(data: Dataset, typed: string, preset: string) {
  const described = describeDataset(data, Uint32Array.from(data.train.labels.keys()));
  const faults = findFaults(data);
  const { name, classNames, sampleShape, files, notes = [] } = data;
  return {
    name,
    understood: files?.layout ?? notes,
    classes: classNames.map((className, label) => ({
      name: className,
      train: described.train.perClass[label],
      test: described.test.perClass[label],
    })),
    train: data.train.count,
    test: data.test.count,
    pictures: files === undefined ? null : describeFiles(files),
    damaged: files?.damaged ?? [],
    passedOver: files?.passedOver ?? {},
    faults: faults.map((fault) => nameImages(data, fault)),
    warnings: [...datasetWarnings(described), ...faultLines(data, faults)],
    images: {
      shape: [...sampleShape],
      fit: files === undefined ? null : (data.pictures?.fit ?? null),
      background: data.pictures?.background ?? null,
    },
    model: describeModel(preset, data),
    command: commandOf(data, typed),
  };
}

/** Sizes, proportions (width / height) and formats of the pictures. */
function describeFiles(files: DatasetFiles) {
  const all = [...files.train, ...files.test];
  const ratios = all.map(({ width, height }) => width / height).sort((a, b) => a - b);
  const formats: Record<string, number> = {};
  for (const { path } of all) {
    const format = formatName(join(files.folder, path));
    formats[format] = (formats[format] ?? 0) + 1;
  }
  return {
    sizes: pictureSizes(files),
    proportions: {
      narrowest: ratios[0],
      middle: ratios[ratios.length >> 1],
      widest: ratios[ratios.length - 1],
    },
    formats,
  };
}

/** A fault with the class and the file of each image. */
function nameImages(data: Dataset, { kind, count, groups }: ImageFault) {
  const images = groups.map((group) =>
    group.map(({ set, index }) => ({
      set,
      index,
      class: data.classNames[data[set].labels[index]],
      file: data.files?.[set][index].path,
    })),
  );
  return { kind, count, images };
}

/** The preset built for the data, or why it cannot be. */
function describeModel(preset: string, data: Dataset) {
  try {
    const model = fitModel(preset, presets[preset], data, () => undefined);
    return { name: preset, parameters: summarize(model).parameters };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { name: preset, problem: error.message };
  }
}

/** The command that trains on the data as they were read here. */
function commandOf(data: Dataset, typed: string): string {
  const source = sourceOf(data);
  if (source?.kind !== 'pictures') return `${trainWords(typed)}${readingFlags(data)}`;
  // Damaged pictures are always passed over here; the training must be told.
  const skipDamaged = data.files !== undefined && data.files.damaged.length > 0;
  const settings: PictureSettings = { ...source.settings, skipDamaged };
  return `${trainWords(typed)}${readingFlags({ ...data, source: { ...source, settings } })}`;
}

function trainWords(typed: string): string {
  return `${typedCommand('train')} --data ${shellWord(typed === 'mnist' ? typed : pathWord(typed))}`;
}
