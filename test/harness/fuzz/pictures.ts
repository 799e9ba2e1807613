import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import fc from 'fast-check';
import sharp from 'sharp';
import { answerRequest } from '../../../packages/data/src/pictures/answer-request.ts';
import * as library from '../../../packages/data/src/pictures/decode-picture.ts';
import { checkFormat, type ReaderName } from '../../../packages/data/src/pictures/formats.ts';
import { toBmp } from '../../../packages/data/src/testing/bmp-fixture.ts';
import { byteMutations, mutateBytes, oneOf, type Mutation } from './bytes.ts';
import { opened, type Target } from './target.ts';

const [width, height] = [24, 16];
const bytes = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * at) >> 3);
const formats = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const;
const palette = Array.from({ length: 16 }, (_, k) => [k, 16 * k, 255 - k] as const);
const runs = Array.from({ length: height }, (_, row) => [width - 4, row, 0, 4, 1, 2, 3, 4, 0, 0]);

const bitmaps = [
  toBmp({ width, height, bits: 24, bytes: [...bytes] }),
  toBmp({ width, height, bits: 4, palette, bytes: [...bytes.subarray(0, (width * height) / 2)] }),
  toBmp({ width, height, bits: 8, compression: 1, palette, bytes: [...runs.flat(), 0, 1] }),
];

interface Changes {
  readonly which: number;
  readonly mutations: readonly Mutation[];
}

/** Every format of pictures, as the process that decodes answers for it. */
export const picturesTarget: Target = {
  name: 'pictures',
  share: 20,
  async prepare(folder) {
    const file = join(folder, 'picture');
    const picture = sharp(bytes, { raw: { width, height, channels: 3 } });
    const encoded = formats.map((format) => picture.clone().toFormat(format).toBuffer());
    const valid = [...(await Promise.all(encoded)), ...bitmaps];
    const changes = fc.record<Changes>({
      which: oneOf([...valid.keys()]),
      mutations: byteMutations,
    });
    const change = (made: Changes | null) => {
      const { which, mutations } = made ?? { which: 0, mutations: [] };
      const changed = mutateBytes(Buffer.from(valid[which]), mutations);
      writeFileSync(file, changed);
      return changed.length;
    };
    return opened(changes, change, () => read(file));
  },
};

async function read(file: string): Promise<void> {
  const reader = checkFormat(readFileSync(file), file);
  const making = { shape: [3, 8, 8], fit: 'cover', background: 255 } as const;
  if (await isLarge(file, reader)) return;
  const request = { source: file, reader, longestSide: 2048, want: 'image', making } as const;
  const answer = await answerRequest(request, library, () => undefined);
  if ('problem' in answer) throw new ConfigurationError(answer.problem);
}

/** Runs of a few bytes may stand for megabytes, within the limits of the process that decodes. */
async function isLarge(file: string, reader: ReaderName): Promise<boolean> {
  try {
    const header = await library.readHeader(file, reader);
    return header.width * header.height > 2 ** 20;
  } catch {
    return false; // The answer says so, too.
  }
}
