export type {
  EpochEvent,
  FilterSnapshot,
  LayersEvent,
  Run,
  Samples,
  StepEvent,
} from '@convbook/run';
export type { LayerNorms, Log } from '@convbook/run/history';
