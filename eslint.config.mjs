import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { noLiteralSpread } from './scripts/no-literal-spread.mjs';
import { noLongSpread } from './scripts/no-long-spread.mjs';

// What Math has beyond Math.sqrt, rounding and comparison: the bits differ between engines.
const engineFunctions = [
  'exp',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'pow',
  'cbrt',
  'hypot',
  'random',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
];

const sameBytes =
  "Engines differ here; use core's own exp, log, sin, cos, tanh, pow (math.ts) and random numbers (random.ts).";

// The files of a run directory are opened in one place, which follows no link and waits for no pipe.
const byDescriptorAlone = [
  {
    name: 'node:fs',
    allowImportNames: [
      'closeSync',
      'fstatSync',
      'fsyncSync',
      'ftruncateSync',
      'readSync',
      'writeSync',
    ],
    message: 'Open the files of a run by files/open-file.ts of @convbook/run.',
  },
  {
    name: 'node:fs/promises',
    allowImportNames: ['FileHandle'],
    message: 'Open the files of a run by files/open-file.ts of @convbook/run.',
  },
];

export default defineConfig(
  // assembly/ is AssemblyScript; its types are not TypeScript's. schema/ is made by a program.
  globalIgnores([
    'packages/*/dist/',
    'packages/core/{assembly,build}/',
    'packages/export/src/onnx/schema/',
    'reports/',
    'test/peers/',
    'test/golden/',
  ]),
  js.configs.recommended,
  {
    plugins: {
      convbook: {
        rules: { 'no-literal-spread': noLiteralSpread, 'no-long-spread': noLongSpread },
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `(value) => list.push(value)` reads well where the result is not used.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Interfaces here are records of closures; none uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Indexed access is typed as present (noUncheckedIndexedAccess is off), and JSON as what it
      // should be: checking is not unnecessary.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `parseJson<RunRecord>(…)`: the parameter names what a check guarantees.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['packages/**/*.ts'],
    // Programs that lessons show.
    ignores: ['packages/lessons/src/assets/*.example.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['packages/{core,layers,data,run,runtime,trainer}/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...engineFunctions.map((property) => ({ object: 'Math', property, message: sameBytes })),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(BinaryExpression[operator="**"], AssignmentExpression[operator="**="])',
          message: sameBytes,
        },
        {
          selector: ':matches(Literal[value=/relaxed.?simd/i], Identifier[name=/^relaxed/i])',
          message: 'Relaxed SIMD rounds as the processor likes; use the plain instructions.',
        },
      ],
    },
  },
  {
    // A rule of its own: `no-restricted-syntax` of one part of this list replaces that of another.
    files: ['packages/**/*.{ts,js}', 'scripts/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'convbook/no-long-spread': 'error' },
  },
  {
    files: ['packages/{run,trainer,report}/src/**/*.ts'],
    ignores: [
      '**/*.test.ts',
      '**/testing/**',
      'packages/run/src/files/**',
      // Files of the installation.
      'packages/trainer/src/run/host.ts',
      'packages/report/src/pages/read-script.ts',
      'packages/report/src/live/live-parts.ts',
    ],
    rules: { 'no-restricted-imports': ['error', { paths: byDescriptorAlone }] },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    rules: { 'convbook/no-literal-spread': 'error' },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts'],
    rules: {
      // The example of a README is run from its text.
      '@typescript-eslint/no-implied-eval': 'off',
      // `[...'0123456789']`
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
  {
    files: ['packages/{page,report}/src/assets/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { document: 'readonly', localStorage: 'readonly' },
    },
  },
  {
    files: ['packages/export/src/app/assets/*.js'],
    languageOptions: {
      globals: {
        createImageBitmap: 'readonly',
        document: 'readonly',
        OffscreenCanvas: 'readonly',
      },
    },
  },
);
