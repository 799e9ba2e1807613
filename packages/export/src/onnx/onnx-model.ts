// The file: the graph with what a program must know of the run.
import { readFileSync } from 'node:fs';
import { create, toBinary } from '@bufbuild/protobuf';
import { ConfigurationError, elementCount } from '@convbook/core';
import { packageFile } from '@convbook/core/node';
import { picturesOf, type TrainedModel } from '@convbook/run';
import type { ExportOptions } from '../export-format.ts';
import { toGraph } from './graph.ts';
import { ModelProtoSchema } from './schema/onnx_pb.ts';

/** Every operator used is as this version of the standard defines it. */
const opset = 17;
/** That of ONNX 1.12, the first with this opset. */
const irVersion = 8;

/** Protocol buffers are smaller than 2 GiB; a mebibyte is left for all but the weights. */
const mostWeightBytes = 2 ** 31 - 2 ** 20;

/**
 * The bytes of the ONNX file of a trained model.
 *
 * @throws ConfigurationError when its weights are more than such a file can hold.
 */
export function toOnnx(trained: TrainedModel, options: ExportOptions): Uint8Array {
  checkWeights(trained.model);
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

/** @throws ConfigurationError when the weights of a model are more than a file can hold. */
export function checkWeights({ parameters }: TrainedModel['model']): void {
  const bytes = parameters.reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);
  if (bytes <= mostWeightBytes) return;
  throw new ConfigurationError(
    `--format onnx: expected weights of at most ${mostWeightBytes} bytes, as one file can hold, ` +
      `got ${bytes}; take fewer filters or units`,
  );
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
  const manifest = readFileSync(
    packageFile('@convbook/export/package.json', import.meta.url),
    'utf8',
  );
  return (JSON.parse(manifest) as { version: string }).version;
}
