// Pieces of an ONNX graph: nodes with their attributes, and tensors.
import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './schema/onnx_pb.ts';

/** A node whose only output has its name. */
export function node(
  opType: string,
  name: string,
  input: readonly string[],
  attribute: readonly AttributeProto[] = [],
): NodeProto {
  return create(NodeProtoSchema, {
    opType,
    name,
    input: [...input],
    output: [name],
    attribute: [...attribute],
  });
}

/** An attribute that is an integer. */
export function int(name: string, value: number): AttributeProto {
  return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
}

/** An attribute that is a list of integers. */
export function ints(name: string, values: readonly number[]): AttributeProto {
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: values.map(BigInt) });
}

/** An attribute that is a number, rounded to float32. */
export function float(name: string, value: number): AttributeProto {
  return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value });
}

/** Float32 values of a shape; `[]` is a single number. */
export function floats(
  name: string,
  shape: readonly number[],
  values: Float32Array | readonly number[],
): TensorProto {
  const data = values instanceof Float32Array ? values : Float32Array.from(values);
  return tensor(name, DataType.FLOAT, shape, data);
}

/** A list of int64, as operators take sizes. */
export function sizes(name: string, values: readonly number[]): TensorProto {
  return tensor(name, DataType.INT64, [values.length], BigInt64Array.from(values.map(BigInt)));
}

// The format's raw bytes are little-endian, as those of every host that runs WebAssembly's memory.
function tensor(
  name: string,
  dataType: DataType,
  shape: readonly number[],
  { buffer, byteOffset, byteLength }: Float32Array | BigInt64Array,
): TensorProto {
  const rawData = new Uint8Array(buffer, byteOffset, byteLength);
  return create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), rawData });
}

/** An input or output of the model: `[batch, …shape]` for any batch. */
export function batchOf(
  name: string,
  elemType: DataType,
  shape: readonly number[],
): ValueInfoProto {
  const sides = shape.map((side) => ({
    value: { case: 'dimValue' as const, value: BigInt(side) },
  }));
  const batch = { value: { case: 'dimParam' as const, value: 'batch' } };
  const value = { elemType, shape: { dim: [batch, ...sides] } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value } } });
}
