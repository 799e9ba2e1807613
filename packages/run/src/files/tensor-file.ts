// A safetensors file that may be larger than what is free: its header is read, then its tensors a
// block at a time.
import type { FileHandle } from 'node:fs/promises';
import { headBytes, readHeader, type HeaderEntry } from '@convbook/core/files';
import { RunDirectoryError } from '@convbook/core';
import { refuseReading } from '../checks/refuse.ts';
import { blockBytes, readAll } from './blocks.ts';
import { openHandle } from './open-file.ts';

/** An open safetensors file whose tensors are read one at a time. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, HeaderEntry>;
  readonly metadata: Readonly<Record<string, string>>;
  /** All bytes of the file in blocks, each valid until the next is asked for. */
  blocks(): AsyncIterable<Uint8Array>;
  /** The data of a tensor in blocks, each valid until the next is asked for. */
  blocksOf(tensor: HeaderEntry): AsyncIterable<Uint8Array>;
  /** Reads the data of a tensor into as many bytes. */
  readInto(tensor: HeaderEntry, bytes: Uint8Array): Promise<void>;
}

/**
 * Opens a file for as long as `use` takes.
 *
 * @throws RunDirectoryError when it is missing, cannot be read, or is not safetensors.
 */
export async function withTensorFile<Value>(
  file: string,
  use: (opened: TensorFile) => Promise<Value>,
): Promise<Value> {
  const handle = (await openHandle(file)) ?? refuseUnread(file);
  try {
    return await use(await describe(file, handle));
  } finally {
    await handle.close();
  }
}

async function describe(file: string, handle: FileHandle): Promise<TensorFile> {
  const { size } = await handle.stat();
  const head = new Uint8Array(Math.min(size, headBytes));
  const read = (bytes: Uint8Array, position: number) =>
    readAll(handle, bytes, position).catch((cause: unknown) => refuseReading(file, cause));
  await read(head, 0);
  const { entries, metadata, dataStart } = readHeader(head, file, size);
  async function* blocks(begin: number, end: number): AsyncGenerator<Uint8Array> {
    const block = new Uint8Array(Math.min(end - begin, blockBytes));
    for (let at = begin; at < end; at += block.length) {
      const part = block.subarray(0, end - at);
      await read(part, at);
      yield part;
    }
  }
  return {
    tensors: new Map(entries.map((entry) => [entry.name, entry])),
    metadata,
    blocks: () => blocks(0, size),
    blocksOf: ({ begin, end }) => blocks(dataStart + begin, dataStart + end),
    readInto: ({ begin }, bytes) => read(bytes, dataStart + begin),
  };
}

function refuseUnread(file: string): never {
  throw new RunDirectoryError(`${file}: cannot be read, got ENOENT`);
}
