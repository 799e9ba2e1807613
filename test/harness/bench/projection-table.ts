// Steps on nodes of eight cores, for networks as they are sold and the measured one, as a table of Markdown.
import {
  cutBatch,
  projectStep,
  type Network,
  type ProfiledStep,
  type ProjectedStep,
} from '@convbook/trainer/benchmark';

/** A model on some nodes, against the same batch on one. */
export interface ProjectionLine {
  readonly kind: 'projection';
  readonly model: string;
  readonly network: string;
  readonly batchSize: number;
  /** Samples a node; null where the batch is the same for any number of them. */
  readonly perNode: number | null;
  readonly nodes: number;
  readonly oneNode: ProjectedStep;
  readonly allNodes: ProjectedStep;
}

/**
 * α and β of networks: the share of a link that TCP leaves after its headers; of a fast link, as much as a process
 * moves. Latencies are those between two hosts of one switch.
 */
const networks: readonly (Network & { readonly name: string })[] = [
  { name: '1 GbE', latency: 50e-6, bandwidth: 117e6 },
  { name: '10 GbE', latency: 30e-6, bandwidth: 1.17e9 },
  { name: '100 GbE', latency: 5e-6, bandwidth: 10e9 },
];

const cores = 8;
const nodeCounts = [2, 8, 64];
/** Null: a batch of 100 in all. */
const samplesPerNode = [null, 128, 512, 2048];

export function projectAll(
  steps: readonly ProfiledStep[],
  shardSize: number,
  measured?: Network,
): ProjectionLine[] {
  const all = measured ? [...networks, { name: 'measured', ...measured }] : networks;
  return steps.flatMap((step) =>
    all.flatMap((network) =>
      samplesPerNode.flatMap((perNode) =>
        nodeCounts.map((nodes) => project(step, network, perNode, nodes, shardSize)),
      ),
    ),
  );
}

function project(
  step: ProfiledStep,
  network: Network & { readonly name: string },
  perNode: number | null,
  nodes: number,
  shardSize: number,
): ProjectionLine {
  const batchSize = perNode === null ? 100 : perNode * nodes;
  const batch = cutBatch(batchSize, shardSize);
  const on = (ranks: number) => projectStep(step, batch, { ranks, workers: cores, cores, network });
  return {
    kind: 'projection',
    model: step.model,
    network: network.name,
    batchSize,
    perNode,
    nodes,
    oneNode: on(1),
    allNodes: on(nodes),
  };
}

/** A row for each model, network and number of samples. */
export function projectionTable(lines: readonly ProjectionLine[], shardSize: number): string {
  const nameOf = ({ model, network, perNode }: ProjectionLine) => `${model} ${network} ${perNode}`;
  const names = [...new Set(lines.map(nameOf))];
  const rows = names.map((name) => lines.filter((line) => nameOf(line) === name));
  return [
    `Milliseconds of a step on one node → on all, nodes of ${cores} cores, shards of ${shardSize}; times as fast, ` +
      'in parentheses if nothing of the exchange were hidden; r: rows cross, s: sums of sections.',
    '',
    `| model | network | samples | ${nodeCounts.map((nodes) => `${nodes} nodes`).join(' | ')} |`,
    `| --- | --- | --- | ${nodeCounts.map(() => '---').join(' | ')} |`,
    ...rows.map(tableRow),
  ].join('\n');
}

function tableRow(lines: readonly ProjectionLine[]): string {
  const [{ model, network, perNode }] = lines;
  const samples = perNode === null ? '100' : `${perNode.toLocaleString('en-US')} a node`;
  return `| ${[model, network, samples, ...lines.map(cell)].join(' | ')} |`;
}

function cell({ oneNode, allNodes }: ProjectionLine): string {
  const { total, hidden, way } = allNodes;
  const times = (seconds: number) => (oneNode.total / seconds).toFixed(1);
  const [before, after] = [oneNode.total, total].map(milliseconds);
  return `${before} → ${after} ${way[0]}, ${times(total)} (${times(total + hidden)})`;
}

function milliseconds(seconds: number): string {
  const time = 1000 * seconds;
  return time < 10 ? time.toFixed(1) : Math.round(time).toLocaleString('en-US');
}
