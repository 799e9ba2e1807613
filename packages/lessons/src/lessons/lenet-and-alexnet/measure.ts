// What each of AlexNet's parts buys: sixteen networks on a thousand images, three seeds each.
import { loadKernelModule } from '@convbook/core/node';
import { adam } from '@convbook/run/settings';
import { createTrainer } from '@convbook/trainer/sequential';
import { trainerData } from '../../data/trainer-data.ts';
import { mnistDigits } from '../../data/mnist.ts';
import { allSwitches, keyOf, switchedNet, type Switches } from './network.ts';
import type { SwitchRun, SwitchRuns } from './runs.ts';

const plan = {
  command: 'node --import tsx scripts/lessons/lenet-and-alexnet.ts',
  trainPerClass: 100,
  testPerClass: 50,
  seeds: [1, 2, 3],
  epochs: 20,
  batchSize: 50,
  learningRate: 0.003,
};

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

/** Trains every network with every seed, one after another; gives all runs so far after each. */
export async function* measureSwitches(): AsyncGenerator<SwitchRuns> {
  const module = await loadKernelModule('plain');
  const data = trainerData(
    mnistDigits('train', plan.trainPerClass),
    mnistDigits('test', plan.testPerClass),
  );
  const runs: SwitchRun[] = [];
  for (const seed of plan.seeds) {
    for (const switches of allSwitches) {
      runs.push(measure(switches, seed, { module, data }));
      yield { ...plan, runs };
    }
  }
}

function measure(
  switches: Switches,
  seed: number,
  parts: { module: WebAssembly.Module; data: ReturnType<typeof trainerData> },
): SwitchRun {
  const { epochs, batchSize, learningRate } = plan;
  const trainer = createTrainer({
    model: switchedNet(switches),
    ...parts,
    settings: { seed, epochs, batchSize, learningRate, optimizer: adam() },
  });
  const [losses, accuracies]: [number[], number[]] = [[], []];
  for (let epoch = 0; epoch < epochs; epoch++) {
    let sum = 0;
    for (let k = 0; k < trainer.stepsPerEpoch; k++) sum += trainer.step().loss;
    losses.push(rounded(sum / trainer.stepsPerEpoch));
    accuracies.push(rounded(trainer.evaluate().accuracy));
  }
  return { key: keyOf(switches), seed, losses, accuracies };
}
