export { evaluationFile, syntheticEvaluation } from '@convbook/run/testing';
