// Worker side: looks at a data set while the main thread prepares the training.
import { describeDataset, type DataDescription, type DescribedData } from '@convbook/data/training';

/** The arguments of `describeDataset`. */
export interface DescribeTask {
  readonly data: DescribedData;
  readonly trained: Uint32Array;
  readonly held: Uint32Array | undefined;
}

/** Describes a data set on this thread. */
export default function describe({ data, trained, held }: DescribeTask): DataDescription {
  return describeDataset(data, trained, held);
}
