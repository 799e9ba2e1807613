import { showValue } from '@convbook/core/checks';
import type { decodeSafetensors } from '@convbook/core';
import { refuseRunFile } from '../checks/refuse.ts';

type Tensors = ReturnType<typeof decodeSafetensors>['tensors'];
type TensorType = 'F32' | 'I32' | 'U8';
interface TensorData {
  F32: Float32Array;
  I32: Int32Array;
  U8: Uint8Array;
}

/** A tensor of this type and rank, with no value that is not finite. */
export function takeTensor<D extends TensorType>(
  tensors: Tensors,
  name: string,
  dtype: D,
  rank: number,
  where: string,
) {
  const tensor =
    tensors.get(name) ??
    refuseRunFile(
      where,
      `expected a tensor ${showValue(name)}, got ${showValue([...tensors.keys()])}`,
    );
  if (tensor.dtype !== dtype || tensor.shape.length !== rank) {
    refuseRunFile(
      where,
      `expected ${name} of type ${dtype} and rank ${rank}, got ${tensor.dtype} ${showValue(tensor.shape)}`,
    );
  }
  const stray = tensor.data.find((value) => !Number.isFinite(value));
  if (stray !== undefined) refuseRunFile(where, `expected finite values in ${name}, got ${stray}`);
  return { shape: tensor.shape, data: tensor.data as TensorData[D] };
}
