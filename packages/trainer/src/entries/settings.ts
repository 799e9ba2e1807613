export { readingFlags } from '../run/reading-flags.ts';
export { toConfiguration } from '../settings/configuration.ts';
export { toWorkers, usefulWorkers } from '../settings/workers.ts';
export { presetSettings, toRecipe, withDefaults } from '../settings/recipes.ts';
