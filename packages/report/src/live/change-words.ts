import type { ActivationName } from '@convbook/core/reference';
import type { Text } from '@convbook/page/text';
import type { EachExplanation } from './explain-each.ts';
import { digits } from './numbers.ts';

/** How a number is changed by itself, in words, without the result. */
export function changeWords({ input, change }: EachExplanation): Text {
  const x = digits(input);
  switch (change.how) {
    case 'same':
      return {
        en: `${x}, unchanged: dropout drops only in training`,
        ko: `${x} 그대로: 드롭아웃은 학습할 때만 작용`,
      };
    case 'relu':
      return { en: `max(0, ${x})`, ko: `0과 ${x} 중 큰 값` };
    case 'slope':
      return slopeWords(input, change.slope);
    case 'curve':
      return change.name === 'leakyRelu'
        ? slopeWords(input, change.parameter)
        : curveWords(
            change.name === 'elu' ? eluFormula(input, change.parameter) : curves[change.name],
            x,
          );
    case 'normalize': {
      const [mean, scale, bias] = [change.mean, change.scale, change.bias].map(digits);
      return {
        en: `(${x} − mean ${mean}) × scale ${scale} + bias ${bias}`,
        ko: `(${x} − 평균 ${mean}) × 배율 ${scale} + 편향 ${bias}`,
      };
    }
    default:
      return change satisfies never;
  }
}

function slopeWords(input: number, slope: number): Text {
  const [x, factor] = [digits(input), digits(slope)];
  return input > 0
    ? { en: `${x}, above 0 and so unchanged`, ko: `0보다 크므로 ${x} 그대로` }
    : { en: `slope ${factor} × ${x}`, ko: `기울기 ${factor} × ${x}` };
}

function curveWords(formula: string, x: string): Text {
  return { en: `${formula} with x = ${x}`, ko: `x = ${x}일 때 ${formula}` };
}

const curves: Readonly<Record<Exclude<ActivationName, 'leakyRelu' | 'elu'>, string>> = {
  sigmoid: '1 / (1 + e^−x)',
  tanh: '(e^x − e^−x) / (e^x + e^−x)',
  softplus: 'log(1 + e^x)',
  gelu: 'x · Φ(x)',
  silu: 'x / (1 + e^−x)',
};

function eluFormula(x: number, alpha: number): string {
  return x > 0 ? 'x' : `${digits(alpha)} × (e^x − 1)`;
}
