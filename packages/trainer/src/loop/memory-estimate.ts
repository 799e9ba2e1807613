// The memory that a run will need, known from its plan before anything is allocated or written.
import { totalmem } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import type { Dataset, ImageSet } from '@convbook/data';
import { sampleBytes } from '@convbook/data/images';
import { valuesOfSets } from '../engine/evaluated-sets.ts';
import type { TrainingPlan } from '../engine/training-plan.ts';

/** Bytes. */
export interface MemoryEstimate {
  /** The WebAssembly memory: parameters, gradients, optimizer state, activations. */
  readonly wasmBytes: number;
  /** Images and labels, the indexes of samples, and the logits of what is evaluated. */
  readonly dataBytes: number;
  /** Images that are read from a file and not in memory, and why; null where all are in memory. */
  readonly streamed: { readonly bytes: number; readonly reason: string } | null;
  /** The parts of the WebAssembly memory by name. */
  readonly regions: Readonly<Record<string, number>>;
}

export interface MemoryLimits {
  readonly wasmBytes: number;
  readonly machineBytes: number;
}

const gibibyte = 1024 * 1024 * 1024;

/** A WebAssembly memory is addressed with 32 bits. */
const wasmLimit = 4 * gibibyte;

export function estimateMemory(plan: TrainingPlan, data: Dataset): MemoryEstimate {
  const evaluated = valuesOfSets(plan.evaluation).reduce((sum, { samples }) => sum + samples, 0);
  const [logits, indexes] = [evaluated * plan.model.output[0], evaluated + plan.trainSamples];
  return {
    wasmBytes: plan.map.sizeBytes,
    dataBytes: sizeOf(data.train) + sizeOf(data.test) + 4 * (logits + indexes),
    streamed: streamedOf(data),
    regions: plan.map.regions,
  };
}

/** The memory that this machine has, or the container the process is in. */
export function memoryLimits(): MemoryLimits {
  // 0 or beyond the machine where nothing constrains the process.
  const constrained = process.constrainedMemory();
  const machineBytes = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
  return { wasmBytes: wasmLimit, machineBytes };
}

/** @throws ConfigurationError naming the largest regions when it does not fit. */
export function checkMemory(estimate: MemoryEstimate, limits: MemoryLimits): void {
  const { wasmBytes, dataBytes } = estimate;
  const refuse = (what: string, limit: number, needed: number): never => {
    throw new ConfigurationError(
      `memory: expected at most ${format(limit)}, ${what}, got ${format(needed)} ` +
        `(${largest(estimate)}); take a smaller batchSize, shardSize or model, or fewer workers`,
    );
  };
  if (wasmBytes > limits.wasmBytes) {
    refuse('as much as a WebAssembly memory holds', limits.wasmBytes, wasmBytes);
  }
  if (wasmBytes + dataBytes > limits.machineBytes) {
    refuse('as much as this machine has', limits.machineBytes, wasmBytes + dataBytes);
  }
}

function largest({ regions, dataBytes }: MemoryEstimate): string {
  const all = Object.entries({ ...regions, 'data set': dataBytes });
  const sorted = all.sort(([, a], [, b]) => b - a).slice(0, 3);
  return sorted.map(([name, bytes]) => `${name} ${format(bytes)}`).join(', ');
}

function format(bytes: number): string {
  return bytes >= gibibyte / 10
    ? `${(bytes / gibibyte).toFixed(1)} GiB`
    : `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}

// All that is in memory, also where only a part of it is used.
function sizeOf({ images, labels, file }: ImageSet): number {
  const parts = [images, labels, ...(file ? [file.places, file.hashes] : [])];
  return parts.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

function streamedOf({ train, test }: Dataset): MemoryEstimate['streamed'] {
  if (!train.file) return null;
  const bytes = [train, test].reduce((sum, set) => sum + set.count * sampleBytes(set), 0);
  return { bytes, reason: train.file.reason };
}
