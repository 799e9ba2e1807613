export { readingFlags } from '../run/reading-flags.ts';
export { checkSettings } from '../settings/data-configuration.ts';
export { toConfiguration } from '../settings/configuration.ts';
export { toWorkers, usefulWorkers } from '../settings/workers.ts';
export { fittedSettings, presetSettings } from '../settings/preset-settings.ts';
export { toRecipe, withDefaults } from '../settings/recipes.ts';
