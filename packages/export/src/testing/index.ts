export { exportedModel, type ExportedChoices } from './exported-model.ts';
