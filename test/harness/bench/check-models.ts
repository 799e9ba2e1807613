import { chooseModel } from 'convbook/choose';

/** @throws ConfigurationError for the first name that is no model, before anything is measured. */
export async function checkModels(names: readonly string[]): Promise<void> {
  for (const name of names) await chooseModel(name);
}
