// The formulas of the texts with a layer's own numbers put in; every result is the summary's.
import { formatBytes, formatCount, type Text } from '@convbook/page/markup';
import type { Measured } from './measured.ts';

/** A quantity with its formula. */
interface Formula {
  readonly name: Text;
  readonly text: string;
}

/** @param before The row above, null for the first. */
export function formulasOf(row: Measured, before: Measured | null): Formula[] {
  return [...sides(row), ...counts(row), ...field(row, before), memory(row)];
}

const sideNames: readonly Text[] = [
  { en: 'Output rows', ko: '출력 행' },
  { en: 'Output columns', ko: '출력 열' },
];

/** `(9 + 2·0 − 2) / 2 + 1 = 4.5, rounded down 4` */
function sides({ inputShape, outputShape, kernelSize, stride, padding, dropped }: Measured) {
  if (!kernelSize || !stride || !padding) return [];
  return sideNames.map((name, side) => {
    const exact = outputShape[side + 1] + dropped[side] / stride[side];
    const formula = `(${inputShape[side + 1]} + 2·${padding[side]} − ${kernelSize[side]}) / ${stride[side]} + 1 = ${exact}`;
    const isWhole = dropped[side] === 0;
    return { name, text: isWhole ? formula : `${formula} → ⌊${exact}⌋ = ${outputShape[side + 1]}` };
  });
}

/** Weights of one filter or unit: `1·4·4`. */
function inputsOf({ kind, inputShape, kernelSize }: Measured): readonly number[] {
  return kind === 'conv2d' ? [inputShape[0], ...(kernelSize ?? [])] : inputShape;
}

function counts(row: Measured): Formula[] {
  const { filters, parameters, multiplyAdds, outputShape } = row;
  if (filters === null) {
    return [{ name: { en: 'Parameters', ko: '매개변수' }, text: '0' }];
  }
  const inputs = `(${inputsOf(row).join('·')})`;
  return [
    {
      name: { en: 'Parameters: weights + biases', ko: '매개변수: 가중치 + 편향' },
      text: `${filters}·${inputs} + ${filters} = ${formatCount(parameters)}`,
    },
    {
      name: {
        en: 'Multiply-adds: outputs · inputs of each',
        ko: '곱셈-누산: 출력 수 · 출력마다 보는 입력 수',
      },
      text: `(${outputShape.join('·')})·${inputs} = ${formatCount(multiplyAdds)}`,
    },
  ];
}

/** `1 + (4 − 1)·1 = 4`: what the row above sees, and one jump more for each place of the window. */
function field({ field: own, kernelSize }: Measured, before: Measured | null): Formula[] {
  if (own === null || !kernelSize) return [];
  const [size, jump] = [before?.field?.size[0] ?? 1, before?.field?.jump[0] ?? 1];
  return [
    {
      name: { en: 'Sees rows and columns of the image', ko: '수용 영역의 한 변' },
      text: `${size} + (${kernelSize[0]} − 1)·${jump} = ${own.size[0]}`,
    },
  ];
}

function memory({ outputShape, outputBytes }: Measured): Formula {
  return {
    name: { en: 'Memory of its output, one image', ko: '출력의 메모리(이미지 한 장)' },
    text: `${outputShape.join('·')}·4 B = ${formatBytes(outputBytes)}`,
  };
}
