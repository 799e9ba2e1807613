/** The confusion matrices of a page's slider. */
export interface EpochsPayload {
  classNames: readonly string[];
  epochs: readonly number[];
  /** For each epoch label, prediction and count of every cell that is not zero, one after another. */
  cells: readonly (readonly number[])[];
  /** Class names of the table. */
  style: string;
}
