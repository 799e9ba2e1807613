// The parts of dataset.json that show images: samples of each class, and what is wrong with the data.
import { elementCount } from '@convbook/core';
import * as v from 'valibot';
import {
  count,
  list,
  mapping,
  object,
  oneOf,
  text,
  wholeFrom,
  type Schema,
} from '../checks/fields.ts';

/** Reduced training images of each class. */
export interface ShownSamples {
  /** `[channels, height, width]`, with one channel or three. */
  shape: number[];
  /** The images of a class one after another, in base64. */
  classes: string[];
}

/** What is wrong with the images, as `ImageFault` of `@convbook/data` says, and the first of them. */
export interface ShownFaults {
  /** `[channels, height, width]`, with one channel or three. */
  shape: number[];
  found: ShownFault[];
}

/** A fault, and the first images that have it. */
export interface ShownFault {
  kind: 'leak' | 'conflict' | 'repeat' | 'proportions' | 'oneColour';
  /** Images that have it. */
  count: number;
  /** Different ones among them. */
  groups: number;
  shown: { image: string; places: ShownPlace[] }[];
}

/** Where an image is: a sample, and its file and the size of its picture where it has these. */
export interface ShownPlace {
  set: 'train' | 'test';
  index: number;
  label: number;
  path?: string;
  width?: number;
  height?: number;
}

/** The files of a folder of pictures. */
export interface FileCounts {
  /** How the folder was understood, for people. */
  layout: string;
  /** Widths and heights of pictures, by their pixels. */
  sizes: { smallest: number[]; middle: number[]; largest: number[] };
  damaged: number;
  /** Files that are not used, counted by reason. */
  passedOver: Record<string, number>;
}

const size = list(wholeFrom(1), 2, 2);

/** The check of `files`. */
export const filesSchema = object({
  layout: text,
  sizes: object({ smallest: size, middle: size, largest: size }),
  damaged: count,
  passedOver: mapping(count),
});

/** The largest that is written is 64 pixels long. */
const shape = v.pipe(
  list(wholeFrom(1), 3, 3),
  v.check(
    (value) => isThumbnail(value as number[]),
    '[1 or 3, height, width] of at most 64 pixels',
  ),
);

function isThumbnail([channels, height, width]: readonly number[]): boolean {
  return (channels === 1 || channels === 3) && height <= 64 && width <= 64;
}

const base64 = v.custom<string>(
  (value) => typeof value === 'string' && /^[\w+/]*={0,2}$/.test(value),
  'bytes in base64',
);

/** The check of `samples`. */
export function samplesSchema(classes: number): Schema {
  return v.pipe(
    object({ shape, classes: list(base64, classes, classes) }),
    v.check((value) => {
      const { shape, classes: images } = value as ShownSamples;
      return images.every((text) => bytesOf(text) % elementCount(shape) === 0);
    }, 'whole images of that shape'),
  );
}

/** The check of `faults`. */
export function faultsSchema(classes: number): Schema {
  const label = v.pipe(count, v.maxValue(classes - 1, `a class below ${classes}`));
  const place = object({
    set: oneOf('train', 'test'),
    index: count,
    label,
    path: v.optional(text),
    width: v.optional(count),
    height: v.optional(count),
  });
  const fault = object({
    kind: oneOf('leak', 'conflict', 'repeat', 'proportions', 'oneColour'),
    count,
    groups: count,
    shown: list(object({ image: base64, places: list(place, 1, 2) })),
  });
  return v.pipe(
    object({ shape, found: list(fault) }),
    v.check((value) => {
      const { shape, found } = value as ShownFaults;
      const images = found.flatMap(({ shown }) => shown.map(({ image }) => image));
      return images.every((text) => bytesOf(text) === elementCount(shape));
    }, 'images of that shape'),
  );
}

function bytesOf(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}
