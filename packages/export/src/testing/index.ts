export { evenNumbers, trainedModel, type TrainedChoices } from './trained.ts';
