import type { describeDataset } from './describe.ts';

type Description = Pick<
  ReturnType<typeof describeDataset>,
  'classNames' | 'train' | 'test' | 'histogram'
> & { readonly validation?: { readonly perClass: readonly number[] } | undefined };

/** So many classes are named. */
const mostNamed = 5;

/** What a data set lacks, a sentence each: classes without samples, a second class, bytes above 1. */
export function datasetWarnings(data: Description): string[] {
  const { classNames, train, test, validation, histogram } = data;
  const missing = (perClass: readonly number[]) =>
    classNames.filter((_, label) => perClass[label] === 0);
  const sentence = (kind: string, names: readonly string[], effect: string) =>
    names.length === 0 ? [] : [`no ${kind} sample of class ${listed(names)}: ${effect}`];
  const present = classNames.filter((_, label) => train.perClass[label] > 0);
  const isBinary = histogram.every((count, byte) => byte <= 1 || count === 0);
  return [
    ...(present.length === 1
      ? [`every training sample is of class ${present[0]}: there is nothing to tell apart`]
      : sentence('training', missing(train.perClass), 'the model cannot learn it')),
    ...sentence('held-out', validation ? missing(validation.perClass) : [], 'it is not watched'),
    ...sentence('test', missing(test.perClass), 'it is not tested'),
    ...(isBinary
      ? [
          'every byte of the training images is 0 or 1: values of 0 to 1 are to be multiplied by 255',
        ]
      : []),
  ];
}

function listed(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  const first = names.slice(0, mostNamed).join(', ');
  return rest > 0 ? `${first} and ${rest} more` : first;
}
