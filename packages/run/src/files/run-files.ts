/** Names of the files of a run directory. */
export const runFiles = {
  record: 'run.json',
  metrics: 'metrics.ndjson',
  timing: 'timing.ndjson',
  start: 'start.safetensors',
  model: 'model.safetensors',
  evaluation: 'evaluation.safetensors',
  samples: 'samples.safetensors',
  dataset: 'dataset.json',
  checkpoints: 'checkpoints',
  snapshots: 'snapshots',
  notebook: 'index.html',
  lock: 'lock',
} as const;
