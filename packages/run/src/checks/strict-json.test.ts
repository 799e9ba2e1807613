import { RunDirectoryError } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const advice = 'train again, or restore the run directory from a copy';

describe('parseStrictJson', () => {
  test.each([
    '{"a":[1,-2.5e3,true,null],"b":{"a":"\\"{}[]:\\u0041"}}',
    '[{"a":1},{"a":1}]',
    ' {\n"a" :\t"a" , "b": "a" } ',
    '"__proto__"',
  ])('reads %s', (text) => {
    expect(parseStrictJson(text, 'file')).toEqual(JSON.parse(text));
  });

  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  test('reads 32 levels and 50,000 parts', () => {
    expect(parseStrictJson(deep(32), 'file')).toEqual(JSON.parse(deep(32)));
    const many = `[${'{},'.repeat(49_998)}{}]`;
    expect(parseStrictJson(many, 'file')).toHaveLength(49_999);
  });

  // Short text is parsed before its tokens are checked, longer text after.
  test.each([
    '{"a":"x","a":1}',
    '{"a":1,"a":"x"}',
    '{"a":{"b":"c"},"a":"b"}',
    '[{"b":1,"c":{"d":"e","d":"e"}}]',
    '{"a":1,"valueOf":"b"}',
    '{"a":"__proto__"}',
    '{"a":"\\"","b":[]}',
    '{"a":"\\u0062","b":1}',
    '["a","a"]',
  ])('short and long text have one outcome: %s', (text) => {
    const outcome = (source: string) => {
      try {
        return parseStrictJson(source, 'file');
      } catch (error) {
        return (error as Error).message.slice(0, 30);
      }
    };
    expect(outcome(text)).toEqual(outcome(text + ' '.repeat(5000)));
  });

  const keys = 'expected no key that every object has, got';
  const parts = 'expected at most 50000 objects, lists, keys and texts, got more';
  test.each<[string, string]>([
    ['', 'expected JSON, got ""'],
    ['{"a"', 'expected JSON, got "{\\"a\\""'],
    ['"\\', 'expected JSON, got "\\"\\\\"'],
    ['{"\\q":1}', 'expected JSON, got "{\\"\\\\q\\":1}"'],
    ['NaN', 'expected JSON, got "NaN"'],
    ['\ufeff{}', 'expected JSON, got "\\u{feff}{}"'],
    ['\u001b[2J\u009b\u202e', 'expected JSON, got "\\u001b[2J\\u{9b}\\u{202e}"'],
    ['{"a":1,"a":2}', 'expected each key once, got "a" twice'],
    ['{"a":{"b":1,"c":[{}],"\\u0062":1}}', 'expected each key once, got "b" twice'],
    ['{"__proto__":1}', `${keys} __proto__`],
    ['{"a":[{"\\u005f_proto__":{}}]}', `${keys} __proto__`],
    ['{"constructor":{"prototype":1}}', `${keys} constructor`],
    ['[{"toString":1}]', `${keys} toString`],
    [deep(33), 'expected JSON nested at most 32 deep, got more'],
    ['{"a":'.repeat(100_000), 'expected JSON nested at most 32 deep, got more'],
    [`[${'{},'.repeat(50_000)}{}]`, parts],
    [`[${'"",'.repeat(50_000)}""]`, parts],
  ])('refuses %.40s', (text, message) => {
    expect(() => parseStrictJson(text, 'file:3')).toThrow(
      new RunDirectoryError(`file:3: ${message}; ${advice}`),
    );
  });

  test.each([
    ['[1,-2]', '-2'],
    ['[0.5]', '0.5'],
    ['{"a":12e3}', '12e3'],
    ['[1E+3]', '1E+3'],
  ])('whole numbers: refuses %s', (text, got) => {
    expect(() => parseStrictJson(text, 'file', true)).toThrow(
      new RunDirectoryError(`file: expected whole numbers, got ${got}; ${advice}`),
    );
  });

  test('whole numbers: texts and names may have points', () => {
    const text = '{"a-b.c":"1.5e-3","d":[1,23,true,false,null]}';
    expect(parseStrictJson(text, 'file', true)).toEqual(JSON.parse(text));
  });
});

describe('showValue', () => {
  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['a\n\u0000\u007f\u202e\u2028', '"a\\n\\u0000\\u{7f}\\u{202e}\\u{2028}"'],
    ['x'.repeat(100), `"${'x'.repeat(56)}…`],
    [new Array(1e6).fill(0), `[${'0,'.repeat(28)}…`],
    [{ a: [1, { b: 2 }] }, '{"a":[1,{"b":2}]}'],
  ])('%.20j', (value, text) => {
    expect(showValue(value)).toBe(text);
  });
});
