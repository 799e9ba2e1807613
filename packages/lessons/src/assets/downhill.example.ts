import { loadKernelModule } from '@convbook/core/node';
import { optimizers } from '@convbook/run/settings';
import { createDescent } from '@convbook/trainer/sequential';

const module = await loadKernelModule('plain');
const rates = { sgd: 0.95, momentum: 0.1, adagrad: 1.5, adam: 0.3 };
for (const name of ['sgd', 'momentum', 'adagrad', 'adam'] as const) {
  const optimizer = optimizers[name].defaults;
  const descent = createDescent({ module, optimizer, learningRate: rates[name], start: [-7, 2] });
  for (let step = 0; step < 30; step++) {
    const [x, y] = descent.parameters;
    descent.step([x / 10, 2 * y]); // the gradient of x²/20 + y²
  }
  const [x, y] = descent.parameters;
  console.log(name, (x ** 2 / 20 + y ** 2).toFixed(4));
}

// Prints:
//   sgd 0.0133
//   momentum 0.0479
//   adagrad 0.0007
//   adam 0.1022
