import type { Dataset } from '../dataset.ts';
import { countLabels } from '../class-weights.ts';
import { allIndexes } from '../split.ts';
import type { FaultKind, ImageFault } from './find-faults.ts';
import type { Place } from './image-copies.ts';

/** So many images or classes are named. */
const mostNamed = 3;

/** Fewer training images hardly show what a class looks like. */
export const fewImages = 10;

/** The faults of a data set, a line each: how many images, and the first of them. */
export function faultLines(data: Dataset, faults: readonly ImageFault[]): string[] {
  return [...faults.map((fault) => faultLine(data, fault)), ...fewLine(data)];
}

const texts: Readonly<Record<FaultKind, readonly [one: string, several: string]>> = {
  leak: ['training image is also a test image', 'training images are also test images'],
  conflict: ['image has a copy with another label', 'images have a copy with another label'],
  repeat: ['training image repeats another', 'training images repeat others'],
  proportions: [
    'picture is much wider or taller than the others',
    'pictures are much wider or taller than the others',
  ],
  oneColour: ['image is of one colour', 'images are of one colour'],
};

function faultLine(data: Dataset, { kind, count, groups }: ImageFault): string {
  const sentence = `${count.toLocaleString('en-US')} ${texts[kind][count === 1 ? 0 : 1]}`;
  if (kind === 'repeat') return sentence;
  return `${sentence}: ${listed(groups.map((group) => groupName(data, kind, group)))}${remedy(data, kind)}`;
}

/** The built-in sets are as they are. */
function remedy({ source }: Dataset, kind: FaultKind): string {
  const isOwn = source?.kind === 'pictures' || source?.kind === 'folder';
  if (!isOwn || (kind !== 'leak' && kind !== 'conflict')) return '';
  return '; --drop-duplicates leaves such images out of training';
}

/** A training and a test image, or two of different labels; any other by itself. */
function groupName(data: Dataset, kind: FaultKind, group: readonly Place[]): string {
  return pairOf(data, kind, group)
    .map((place) => {
      const name = placeName(data, place);
      if (kind === 'conflict') return `${name} (${labelName(data, place)})`;
      return kind === 'proportions' ? `${name} (${sizeText(data, place)})` : name;
    })
    .join(' = ');
}

/** The first of a group, and the first that makes it a fault. */
export function pairOf(
  data: Pick<Dataset, 'train' | 'test'>,
  kind: FaultKind,
  group: readonly Place[],
): Place[] {
  const [first, ...rest] = group;
  const label = ({ set, index }: Place) => data[set].labels[index];
  const other = rest.find((place) =>
    kind === 'conflict' ? label(place) !== label(first) : place.set !== first.set,
  );
  return [first, other ?? []].flat();
}

/** The file of a sample, or which sample it is. */
function placeName({ files }: Dataset, { set, index }: Place): string {
  return files?.[set][index].path ?? `${set === 'train' ? 'training' : 'test'} image ${index}`;
}

function labelName({ classNames, ...data }: Dataset, { set, index }: Place): string {
  return classNames[data[set].labels[index]];
}

function sizeText({ files }: Dataset, { set, index }: Place): string {
  const file = files?.[set][index];
  return file === undefined ? '' : `${file.width} × ${file.height}`;
}

function fewLine({ classNames, train }: Dataset): string[] {
  const counts = countLabels(train.labels, allIndexes(train.count), classNames.length);
  const few = classNames.flatMap((name, label) =>
    counts[label] > 0 && counts[label] < fewImages ? [`${name} (${counts[label]})`] : [],
  );
  if (few.length === 0) return [];
  const what = few.length === 1 ? 'class has' : 'classes have';
  return [`${few.length} ${what} fewer than ${fewImages} training images: ${listed(few)}`];
}

function listed(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  const first = names.slice(0, mostNamed).join(', ');
  return rest > 0 ? `${first} and ${rest.toLocaleString('en-US')} more` : first;
}
