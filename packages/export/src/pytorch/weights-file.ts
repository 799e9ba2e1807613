import { encodeSafetensors } from '@convbook/core';
import type { WrittenTensor } from '@convbook/core/files';
import { leavesOf } from '@convbook/layers/plan';
import type { TrainedModel } from '@convbook/run';

/**
 * model.safetensors with all that the `state_dict` of the exported network has: our parameters, and the steps that each
 * batchNorm has seen. Without batchNorm it is the run's own file.
 */
export function weightsFile({ record, model, parameters }: TrainedModel): Uint8Array {
  const tensors = new Map<string, WrittenTensor>();
  for (const { name, shape } of model.parameters) {
    tensors.set(name, { dtype: 'F32', shape, data: parameters.get(name) ?? new Float32Array() });
  }
  for (const { name, spec } of leavesOf(model.layers)) {
    if (spec.kind !== 'batchNorm') continue;
    const data = BigInt64Array.of(BigInt(record.result?.steps ?? 0));
    tensors.set(`${name}.num_batches_tracked`, { dtype: 'I64', shape: [], data });
  }
  return encodeSafetensors(tensors, { format: 'pt', model: record.model.name });
}
