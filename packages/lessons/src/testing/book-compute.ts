import { loadKernelModule } from '@convbook/core/node';
import { pageText } from '@convbook/page/testing';
import { createCompute, type Compute } from '../figure/compute.ts';
import type { Figure } from '../figure/figure.ts';
import type { Lesson } from '../lesson.ts';

/** The kernels and data that the figures of a lesson compute with. */
export async function bookCompute({ data = {} }: Pick<Lesson, 'data'> = {}): Promise<Compute> {
  const read = Object.entries(data).map(async ([name, make]) => [name, await make()] as const);
  return createCompute(await loadKernelModule('plain'), new Map(await Promise.all(read)));
}

/** What a reader sees of a state, as words and numbers with single spaces. */
export function viewText<State>(figure: Figure<State>, state: State, compute: Compute): string {
  return pageText(figure.view(state, compute).toString()).replaceAll(/\s+/g, ' ').trim();
}
