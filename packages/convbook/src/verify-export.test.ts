import { ConfigurationError } from '@convbook/core';
import { exportFormats } from '@convbook/export';
import { expect, test } from 'vitest';
import { verifierOf } from './verify-export.ts';

test('refuses a format that no program here can compute', () => {
  expect(() => verifierOf('onnx', exportFormats.onnx)).not.toThrow();
  const { verify: _, ...other } = exportFormats.onnx;
  expect(() => verifierOf('pytorch', other)).toThrow(
    new ConfigurationError(
      '--verify: expected a format that another program can compute here, onnx, got pytorch; leave the option out',
    ),
  );
});
