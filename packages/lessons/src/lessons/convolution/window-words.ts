import type { Text } from '@convbook/page/markup';
import { writtenNumber, writtenProducts } from '../../figure/written-sum.ts';

/** A place of the output taken apart. */
export interface Taken {
  readonly row: number;
  readonly column: number;
  readonly isTurned: boolean;
  readonly filter: readonly number[];
  /** The filter as it lies on the window. */
  readonly laid: readonly number[];
  /** The numbers under it. */
  readonly window: readonly number[];
  /** Output of the filter as it is. */
  readonly asItIs: readonly (readonly number[])[];
  /** Output of the turned filter. */
  readonly turned: readonly (readonly number[])[];
}

/** The sum at the chosen place. */
export function placeText({ row, column, isTurned, window, laid, asItIs, turned }: Taken): Text {
  const products = writtenProducts(window.map((value, k) => [value, laid[k]] as const));
  const sum = writtenNumber((isTurned ? turned : asItIs)[row][column]);
  const [down, right] = [row + 1, column + 1];
  return {
    en: `Row ${down}, column ${right} of the output: ${products} = ${sum}`,
    ko: `출력의 ${down}행 ${right}열: ${products} = ${sum}`,
  };
}

/** Whether turning the filter changes anything, and why. */
export function compareText({ filter, asItIs, turned }: Taken): Text {
  const other = turned.flat();
  const differing = asItIs.flat().filter((value, k) => value !== other[k]).length;
  const opposite = filter.toReversed();
  if (filter.every((weight, k) => weight === opposite[k])) {
    return {
      en: 'This filter looks the same when turned by 180°. Both outputs are equal.',
      ko: '이 필터는 180° 돌려도 똑같습니다. 그래서 두 출력이 같습니다.',
    };
  }
  if (filter.every((weight, k) => weight === -opposite[k])) {
    return {
      en: 'Turned by 180°, this filter is its own negative. Every sign of the output changes.',
      ko: '이 필터를 180° 돌리면 부호만 바뀝니다. 그래서 출력의 부호가 모두 반대입니다.',
    };
  }
  return {
    en: `Turned by 180°, this is another filter. The outputs differ at ${differing} of ${other.length} places.`,
    ko: `이 필터는 180° 돌리면 다른 필터가 됩니다. 출력 ${other.length}곳 중 ${differing}곳이 다릅니다.`,
  };
}
