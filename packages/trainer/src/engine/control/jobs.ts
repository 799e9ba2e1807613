// Jobs, announced by the main thread to all workers at once.
import { evaluatedNames, type EvaluatedName } from '../evaluated-sets.ts';
import { waitForChange } from './wait.ts';
import { FROM, JOB, KIND, SET, TO } from './words.ts';

export type Job =
  | { readonly kind: 'train'; readonly from: number; readonly to: number }
  | { readonly kind: 'evaluate'; readonly set: EvaluatedName }
  | { readonly kind: 'quit' };

const kinds = ['train', 'evaluate', 'quit'] as const satisfies readonly Job['kind'][];

export interface Jobs {
  /** Main thread, when all workers have finished the job before. */
  announce(job: Job): void;
  /** Workers: waits for the job after number `known` (0 before the first); its number. */
  waitForNext(known: number, looks: number): number;
  /** The job announced last. */
  current(): Job;
}

export function createJobs(words: Int32Array): Jobs {
  return {
    announce(job) {
      words[KIND] = kinds.indexOf(job.kind);
      if (job.kind === 'train') {
        words[FROM] = job.from;
        words[TO] = job.to;
      } else if (job.kind === 'evaluate') words[SET] = evaluatedNames.indexOf(job.set);
      // Last: a worker that sees the new number reads the words above.
      Atomics.add(words, JOB, 1);
      Atomics.notify(words, JOB);
    },
    waitForNext: (known, looks) => waitForChange(words, JOB, known, looks),
    current() {
      const kind = kinds[words[KIND]];
      switch (kind) {
        case 'train':
          return { kind, from: words[FROM], to: words[TO] };
        case 'evaluate':
          return { kind, set: evaluatedNames[words[SET]] };
        case 'quit':
          return { kind };
        default:
          return kind satisfies never;
      }
    },
  };
}
