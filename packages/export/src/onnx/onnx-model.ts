// The file: the graph with what a program must know of the run.
import { readFileSync } from 'node:fs';
import { create, toBinary } from '@bufbuild/protobuf';
import { picturesOf, type TrainedModel } from '@convbook/run';
import type { ExportOptions } from '../export-format.ts';
import { toGraph } from './graph.ts';
import { ModelProtoSchema } from './schema/onnx_pb.ts';

/** Every operator used is as this version of the standard defines it. */
const opset = 17;
/** That of ONNX 1.12, the first with this opset. */
const irVersion = 8;

/** The bytes of the ONNX file of a trained model. */
export function toOnnx(trained: TrainedModel, options: ExportOptions): Uint8Array {
  const version = ownVersion();
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(irVersion),
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    producerName: 'convbook',
    producerVersion: version,
    graph: toGraph(trained, options),
    metadataProps: Object.entries(metadataOf(trained, options, version)).map(([key, value]) => ({
      key,
      value,
    })),
  });
  return toBinary(ModelProtoSchema, model);
}

/** Lists and objects are JSON, whose escapes hold any class name. */
function metadataOf(
  trained: TrainedModel,
  { withPreprocessing }: ExportOptions,
  version: string,
): Record<string, string> {
  const { data, result } = trained.record;
  const { standardization, scaling } = data;
  return {
    class_names: JSON.stringify(data.classNames),
    input: withPreprocessing ? 'bytes' : 'numbers',
    scaling: scaling.toWellFormed(),
    ...(standardization && { standardization: JSON.stringify(standardization) }),
    pictures: JSON.stringify(picturesOf(data)),
    ...(result && { model_sha256: result.modelSha256 }),
    convbook_version: version,
  };
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
