import type * as v from 'valibot';
import { commitId, nullable, object, oneOf } from '../checks/fields.ts';

/** The state of the git repository that a training was started in. It names no path, and nothing compares it. */
export interface RecordedProject {
  /** The commit that was checked out, in hexadecimal digits. */
  commit: string;
  /** Whether tracked files differed from it; null where git did not tell in time. */
  changed: boolean | null;
}

export const recordedProject: v.GenericSchema = object({
  commit: commitId,
  changed: nullable(oneOf(true, false)),
});
