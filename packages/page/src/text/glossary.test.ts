import { expect, test } from 'vitest';
import { foreignWords } from '../testing/foreign-words.ts';
import { glossary } from './glossary.ts';
import { languages } from './text.ts';

test('each term has an id, a name and words of its own in both languages', () => {
  expect(new Set(glossary.map(({ id }) => id)).size).toBe(glossary.length);
  for (const language of languages) {
    const words = glossary.flatMap(({ name, others }) => [
      name[language],
      ...(others?.[language] ?? []),
    ]);
    expect(words.filter((word, k) => words.indexOf(word) < k)).toEqual([]);
  }
  expect(glossary.map(({ id }) => id).filter((id) => !/^[a-z\d-]+$/.test(id))).toEqual([]);
});

test('each meaning is one sentence, in Korean without foreign words but names', () => {
  for (const { id, meaning } of glossary) {
    expect(meaning.en, id).toMatch(/^[A-Z][^.]*\.$/);
    expect(meaning.ko, id).toMatch(/^[^.]*니다\.$/);
    expect(foreignWords(meaning.ko), id).toEqual([]);
  }
});
