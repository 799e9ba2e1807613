// Where each region starts. The first cache line stays zero: kernels read address 0 for "no bias".
import { addressAfter, toAddress, type Address } from '@convbook/core/kernels';
import { alignment, alignUp } from '../calls/place.ts';
import type { RegionBases } from './link.ts';
import type { ParameterLayout } from './parameter-layout.ts';

/** Sizes that decide the map, in bytes. */
export interface MemoryNeeds {
  readonly constantBytes: number;
  readonly layout: Pick<ParameterLayout, 'sizeBytes' | 'storedBytes' | 'shardedBytes'>;
  /** Most shards of a batch that leave gradients here. */
  readonly shards: number;
  /** Values the optimizer keeps for each parameter. */
  readonly stateCount: number;
  readonly batchBytes: number;
  /** Default 0, where there is one rank. */
  readonly exchangeBytes?: number;
  readonly arenaBytes: number;
  readonly arenas: number;
}

/** Where each region lies in the shared memory. Sizes and addresses are bytes. */
export interface MemoryMap {
  readonly sizeBytes: number;
  /** Start of each of the optimizer's state arrays. */
  readonly states: readonly Address[];
  /** Bytes of every region by name, for estimates and errors. */
  readonly regions: Readonly<Record<string, number>>;
  readonly bases: Omit<RegionBases, 'arena'>;
  readonly firstArena: Address;
  readonly arenaBytes: number;
}

/** Lays out the regions one after another. */
export function mapMemory(needs: MemoryNeeds): MemoryMap {
  const { layout, shards, stateCount, exchangeBytes = 0 } = needs;
  const regions = {
    constants: alignUp(needs.constantBytes),
    parameters: layout.storedBytes,
    gradients: layout.sizeBytes + (shards - 1) * layout.shardedBytes,
    'optimizer state': stateCount * layout.sizeBytes,
    'batch activations': alignUp(needs.batchBytes),
    ...(exchangeBytes > 0 && { exchange: alignUp(exchangeBytes) }),
    'worker arenas': alignUp(needs.arenaBytes) * needs.arenas,
  };
  const constants = toAddress(alignment);
  const parameters = addressAfter(constants, regions.constants);
  const gradients = addressAfter(parameters, regions.parameters);
  const state = addressAfter(gradients, regions.gradients);
  const batch = addressAfter(state, regions['optimizer state']);
  const exchange = addressAfter(batch, regions['batch activations']);
  const firstArena = addressAfter(exchange, alignUp(exchangeBytes));
  return {
    sizeBytes: firstArena + regions['worker arenas'],
    states: Array.from({ length: stateCount }, (_, i) => addressAfter(state, i * layout.sizeBytes)),
    regions,
    bases: { constants, parameters, gradients, batch, exchange },
    firstArena,
    arenaBytes: alignUp(needs.arenaBytes),
  };
}

/** The bases for worker number `worker`, with its own arena. */
export function basesOf(map: MemoryMap, worker: number): RegionBases {
  return { ...map.bases, arena: addressAfter(map.firstArena, worker * map.arenaBytes) };
}
