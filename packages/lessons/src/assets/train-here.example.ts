import { loadKernelModule } from '@convbook/core/node';
import { loadMnist } from '@convbook/data';
import { simpleConvnet } from '@convbook/layers';
import { adam } from '@convbook/run/settings';
import { createTrainer } from '@convbook/trainer/sequential';

const trainer = createTrainer({
  model: simpleConvnet,
  data: loadMnist(),
  module: await loadKernelModule('plain'),
  settings: { optimizer: adam(), learningRate: 0.001, batchSize: 100, limit: 2000, epochs: 1 },
});
for (let k = 0; k < trainer.steps; k++) {
  const { step, loss, correct } = trainer.step();
  if (step % 5 === 0) console.log(`step ${step}: loss ${loss.toFixed(3)}, ${correct} of 100 right`);
}
// Prints:
//   step 5: loss 2.300, 40 of 100 right
//   step 10: loss 2.262, 42 of 100 right
//   step 15: loss 2.182, 54 of 100 right
//   step 20: loss 2.179, 52 of 100 right
