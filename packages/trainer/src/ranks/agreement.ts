// The facts that all ranks must have in common: they decide the bytes of the run, or how ranks understand each other.
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import { sampleReader, type Dataset } from '@convbook/data';
import type { ResolvedModel } from '@convbook/layers';
import { toRunConfiguration, type Configuration } from '@convbook/run';
import { createGiveWay } from '../engine/give-way.ts';
import { describeVersions } from '../run/host.ts';
import { nameOfRank } from './rank-error.ts';
import type { RankLink } from './rank-link.ts';

/** Each fact as messages name it, with its value as they show it. */
export type Facts = Readonly<Record<string, string>>;

/** Facts of the program, known before data are read. Kernels, Node and workers may differ: bytes do not. */
export function programFacts(dataFrom = 'own'): Facts {
  return {
    Convbook: describeVersions().convbook,
    'byte order': endianness(),
    'data from': dataFrom,
  };
}

/** Facts of the run. */
export async function runFacts(
  { input, layers }: ResolvedModel,
  configuration: Configuration,
  data: Dataset,
): Promise<Facts> {
  const settings = Object.entries(toRunConfiguration(configuration));
  const model = createHash('sha256').update(
    JSON.stringify([input, layers.map(({ spec }) => spec)]),
  );
  return {
    'data with SHA-256': await hashOf(data),
    'a model with SHA-256': model.digest('hex'),
    ...Object.fromEntries(settings.map(([name, value]) => [name, JSON.stringify(value)])),
  };
}

/**
 * @param said By rank.
 * @throws ConfigurationError for the first rank that differs from rank 0, the same on all ranks.
 */
export function checkAgreement(link: RankLink, said: readonly { readonly facts: Facts }[]): void {
  const first = said[0].facts;
  const differences = said.flatMap(({ facts }, rank) =>
    Object.keys({ ...first, ...facts })
      .filter((name) => facts[name] !== first[name])
      .map((name) => {
        const [expected, got] = [first[name], facts[name]].map(shown);
        const where = nameOfRank(rank, link.hosts[rank]);
        const text = `${where}: expected ${name} ${expected}, as rank 0, got ${got}`;
        return { text, remedy: remedyOf(name) };
      }),
  );
  if (differences.length === 0) return;
  const [{ text, remedy }, ...others] = differences;
  throw new ConfigurationError(`${text}${moreText(others.length)}; ${remedy}`);
}

function moreText(more: number): string {
  if (more === 0) return '';
  return ` (and ${more} more ${more === 1 ? 'difference' : 'differences'})`;
}

function shown(value: string | undefined): string {
  return value?.replace(/^([\da-f]{12})[\da-f]{52}$/, '$1…') ?? 'nothing';
}

const remedies: Readonly<Record<string, string>> = {
  Convbook: 'install the same version on all hosts',
  'byte order': 'take hosts of one kind',
  'data with SHA-256': 'copy the data set again, or give --data-from rank0',
};

function remedyOf(name: string): string {
  return remedies[name] ?? 'give all ranks the same model and options';
}

/** SHA-256 of shape, images and labels, wherever they lie. */
async function hashOf({ sampleShape, classNames, train, test }: Dataset): Promise<string> {
  const giveWay = createGiveWay();
  const sizes = [sampleShape, classNames.length, train.count, test.count];
  const hash = createHash('sha256').update(JSON.stringify(sizes));
  for (const set of [train, test]) {
    const read = sampleReader(set);
    for (let index = 0; index < set.count; index++) {
      hash.update(read(index));
      await giveWay();
    }
    hash.update(set.labels);
  }
  return hash.digest('hex');
}
