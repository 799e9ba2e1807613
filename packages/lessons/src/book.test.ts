import { lessonTitles } from '@convbook/page';
import { pageText } from '@convbook/page/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderBook } from './book.ts';
import { formatAnswer, isAnswer, roundedAnswer, toTyped } from './figure/answer.ts';
import { withParticle, type Particle } from './figure/with-particle.ts';
import { figures } from './lessons/figures.ts';
import { lessons } from './lessons/index.ts';

/** Bytes of the whole book. */
const most = 3e6;

describe('the book', () => {
  let book = '';
  beforeAll(async () => {
    book = await renderBook(lessons);
  });

  test('has the lessons that notebooks lead to, in their order', () => {
    expect(lessons.map(({ id }) => id)).toEqual(Object.keys(lessonTitles));
  });

  test('has at most 3 MB, and the same bytes whenever it is made', async () => {
    expect(book.length).toBeLessThan(most);
    expect((await renderBook(lessons)) === book).toBe(true);
  });

  test('has each figure of the page once', () => {
    const ids = [...book.matchAll(/<figure[^>]* data-figure="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.sort()).toEqual(figures.map(({ id }) => id).sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
    '%s has findings, checks whose answers are numbers, code and texts beside it',
    (_, lesson) => {
      expect(lesson.notice.length).toBeGreaterThanOrEqual(3);
      expect(lesson.checks.length).toBeGreaterThanOrEqual(2);
      for (const { answer } of lesson.checks) expect(Number.isFinite(answer)).toBe(true);
      expect(lesson.sources.length).toBeGreaterThanOrEqual(1);
    },
  );

  test.each(
    lessons.flatMap(({ id, checks }) =>
      checks.map(({ answer, decimals }, k) => [id, k + 1, answer, decimals] as const),
    ),
  )('%s, check %i takes its answer as the page shows it, and none near it', (_, __, answer, d) => {
    const rounded = roundedAnswer(answer, d);
    const shown = formatAnswer(rounded);
    expect(book).toContain(`<p><b>${shown}</b>. `);
    expect(isAnswer(toTyped(shown), rounded, d)).toBe(true);
    const step = Number.isInteger(rounded) ? 1 : 10 ** -(d ?? 3);
    for (const near of [rounded - step, rounded + step]) {
      expect(isAnswer(near, rounded, d)).toBe(false);
    }
  });

  test('has after each number the Korean particle of how it is read', () => {
    const stems: Readonly<Record<string, Particle>> = {
      은: '은',
      는: '은',
      이: '이',
      가: '이',
      을: '을',
      를: '을',
      과: '과',
      와: '과',
      으로: '으로',
      로: '으로',
    };
    const written = /([\d.,]*\d)(은|는|이|가|을|를|과|와|으로|로)(?![가-힣])/g;
    const wrong = [...book.matchAll(written)]
      .filter(([both, number, particle]) => withParticle(number, stems[particle]) !== both)
      .map(({ index }) => book.slice(index - 30, index + 20));
    expect(wrong).toEqual([]);
  });

  test.each([
    ['유닛', '뉴런'],
    ['단정밀도', '32비트 실수'],
    ['배정밀도', '64비트 실수'],
    ['초기 가중치', '가중치의 초깃값'],
    ['처음 가중치', '가중치의 초깃값'],
    ['테스트 이미지', '시험 이미지'],
    ['경계', '에지'],
  ])('says for %s always %s', (other, word) => {
    expect(book).not.toContain(other);
    expect(book).toContain(word);
  });

  test('one lesson is a page of its own, with only the data that it needs', async () => {
    const pooling = lessons.filter(({ id }) => id === 'pooling');
    const page = await renderBook(pooling, { notebook: '../run/index.html' });
    expect(pageText(page)).toContain('Pooling');
    const templates = [...page.matchAll(/<template id="([^"]+)"/g)].map(([, id]) => id);
    const named = pooling.flatMap(({ data = {} }) =>
      Object.keys(data).map((name) => `data-${name}`),
    );
    expect(templates.sort()).toEqual(['kernels', ...named].sort());
    for (const { notebook } of pooling) {
      if (notebook !== undefined) expect(page).toContain(`href="../run/index.html#${notebook}"`);
    }
  });
});
