// The checks of settings in run.json that every reader needs. Names and settings nobody here knows are
// allowed: another version may have written them.
import * as v from 'valibot';
import { mapping, number, object, text } from '../checks/fields.ts';

/** A name with settings of its own, as run.json has it. */
export interface RecordedNamed {
  name: string;
  [setting: string]: number | string;
}

const plain = v.union(
  [v.string(), v.boolean(), v.null(), number],
  'a text, number or true or false',
);

/** A setting of any kind. */
export const recordedSetting = v.union(
  [plain, v.array(plain), v.pipe(mapping(v.union([plain, v.array(plain)])))],
  'a setting or an object of settings',
);

export const recordedNamed = object(
  { name: text },
  v.union([plain, v.array(plain)], 'a setting or a list'),
);
