// The names of the options that are settings, from the rows of their table.
import { rows, type MachineSettings, type TrainingSettings } from '@convbook/run/settings';

type Names<Settings> = Readonly<Record<keyof Settings, true>>;

function namesWhere(decidesBytes: boolean): object {
  const chosen = rows.filter(([, row]) => row.decidesBytes === decidesBytes);
  return Object.fromEntries(chosen.map(([name]) => [name, true]));
}

/** The settings that decide the bytes, and two rows that the type leaves out as no option sets them. */
export const trainingNames = namesWhere(true) as Names<TrainingSettings>;

/** Those that decide the time alone. */
export const machineNames = namesWhere(false) as Names<MachineSettings>;
