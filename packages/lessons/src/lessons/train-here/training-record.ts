/** A training of the first settings by `train`, with workers. */
export interface TrainingRecord {
  readonly workers: number;
  /** Loss of each step. */
  readonly losses: readonly number[];
  /** Steps done, and the share of held-out images that are right. */
  readonly accuracies: readonly (readonly [step: number, accuracy: number])[];
  readonly hashes: readonly { readonly step: number; readonly sha256: string }[];
}

/** What the lesson's data `training-record` say. */
export function readRecord(bytes: Uint8Array): TrainingRecord {
  return JSON.parse(new TextDecoder().decode(bytes)) as TrainingRecord;
}
