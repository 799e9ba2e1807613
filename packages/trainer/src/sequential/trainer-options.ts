import type { ModelSpec } from '@convbook/layers';
import type { TrainingSettings } from '@convbook/run/settings';
import type { Images } from '../engine/subset.ts';

/** A data set in memory of either kind. */
export interface TrainerData {
  readonly name: string;
  /** `[channels, height, width]`. */
  readonly sampleShape: readonly [number, number, number];
  readonly classNames: readonly string[];
  readonly train: Images;
  readonly test: Images;
}

/** What to train, on what data, with which kernels and settings. */
export interface TrainerOptions {
  readonly model: ModelSpec;
  readonly data: TrainerData;
  /** The kernels, built for plain memory. */
  readonly module: WebAssembly.Module;
  /** As `train` takes them; every one has a default. */
  readonly settings?: TrainingSettings | undefined;
}
