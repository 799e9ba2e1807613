import { create } from '@bufbuild/protobuf';
import type { TrainedModel } from '@convbook/run';
import type { ExportOptions } from '../export-format.ts';
import type { LayerNodes } from './layers/layer-nodes.ts';
import { layersNodes } from './layers/rows.ts';
import { inputName, preprocessingNodes } from './preprocessing.ts';
import { batchOf, floats, int, node } from './proto.ts';
import {
  GraphProtoSchema,
  TensorProto_DataType as DataType,
  type GraphProto,
  type NodeProto,
} from './schema/onnx_pb.ts';

/**
 * The graph of a model. Its nodes and tensors have the names of our layers and parameters; its input is `input`,
 * its output `logits` or `probabilities`, each for any batch.
 */
export function toGraph(trained: TrainedModel, options: ExportOptions): GraphProto {
  const { model, parameters, scaling } = trained;
  const { withPreprocessing } = options;
  const before: LayerNodes = withPreprocessing
    ? preprocessingNodes(model.input, scaling)
    : { nodes: [], constants: [], output: inputName };
  const layers = layersNodes(model.layers, before.output);
  const answer = answerNode(trained, layers.output, options);
  const weights = model.parameters.map(({ name, shape }) =>
    floats(name, shape, parameters.get(name) ?? []),
  );
  return create(GraphProtoSchema, {
    name: model.name.toWellFormed() || 'model',
    node: [...before.nodes, ...layers.nodes, answer],
    initializer: [...before.constants, ...layers.constants, ...weights],
    input: [batchOf(inputName, withPreprocessing ? DataType.UINT8 : DataType.FLOAT, model.input)],
    output: [batchOf(answer.name, DataType.FLOAT, model.output)],
  });
}

/** Gives the result its public name. A model that ends with softmax gives probabilities already. */
function answerNode(trained: TrainedModel, result: string, { output }: ExportOptions): NodeProto {
  if (output === 'logits') return node('Identity', 'logits', [result]);
  return endsWithSoftmax(trained)
    ? node('Identity', 'probabilities', [result])
    : node('Softmax', 'probabilities', [result], [int('axis', 1)]);
}

/** Whether the last layer of a model is softmax. */
export function endsWithSoftmax({ model }: Pick<TrainedModel, 'model'>): boolean {
  return model.layers[model.layers.length - 1].spec.kind === 'softmax';
}
