// The data set of rank 0 for ranks that read none.
import { ConfigurationError } from '@convbook/core';
import type { Dataset, ImageSet } from '@convbook/data';
import type { RankLink } from './rank-link.ts';
import { sharedBytes, spreadBytes, spreadText } from './tell.ts';

/** All of a data set but where it came from and its images. */
type DataHeader = Omit<Dataset, 'train' | 'test' | 'source' | 'files'> & {
  readonly train: SetSizes;
  readonly test: SetSizes;
};

interface SetSizes {
  readonly count: number;
  readonly bytes: number;
}

/** @throws ConfigurationError where images are read from a file: others have no memory for them either. */
export function checkSpreadable({ train, test }: Dataset): void {
  const file = train.file ?? test.file;
  if (file === undefined) return;
  throw new ConfigurationError(
    'data-from: expected a data set in memory with rank0, got one that is read from a file while ' +
      `training (${file.reason}); give every rank its own copy and --data-from own`,
  );
}

/** Rank 0: gives its data set to all others. */
export async function giveData(link: RankLink, data: Dataset): Promise<void> {
  const { source, files, train, test, ...described } = data;
  const header: DataHeader = { ...described, train: sizesOf(train), test: sizesOf(test) };
  await spreadText(link, JSON.stringify(header));
  for (const { images, labels } of [train, test]) {
    await spreadBytes(link, images);
    await spreadBytes(link, labels);
  }
}

/** The others: the data set of rank 0. */
export async function takeData(link: RankLink): Promise<Dataset> {
  const header = JSON.parse(await spreadText(link, '')) as DataHeader;
  const train = await takeSet(link, header.train);
  return { ...header, train, test: await takeSet(link, header.test) };
}

async function takeSet(link: RankLink, { count, bytes }: SetSizes): Promise<ImageSet> {
  const [images, labels] = [sharedBytes(bytes), sharedBytes(count)];
  await spreadBytes(link, images);
  await spreadBytes(link, labels);
  return { images, labels, count };
}

function sizesOf({ count, images }: ImageSet): SetSizes {
  return { count, bytes: images.length };
}
