// Computes an ONNX file with onnxruntime-web: in WebAssembly, on one thread.
import { ConfigurationError } from '@convbook/core';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { inputName } from './preprocessing.ts';

/** An ONNX model that computes. */
export interface OnnxSession {
  /** Name and version of the program that computes. */
  readonly program: string;
  /**
   * The model's outputs for a batch, `[batch, …output]`.
   *
   * @param x `[batch, …input]`: numbers, or bytes where the model scales them itself.
   */
  run(x: Float32Array | Uint8Array, shape: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Loads an ONNX file.
 *
 * @throws ConfigurationError when onnxruntime-web is not installed.
 */
export async function openOnnx(bytes: Uint8Array): Promise<OnnxSession> {
  const { InferenceSession, Tensor, env } = await loadRuntime();
  env.wasm.numThreads = 1;
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    logSeverityLevel: 3,
  });
  return {
    program: `onnxruntime-web ${env.versions.web ?? ''}`.trim(),
    run(x, shape) {
      const input =
        x instanceof Uint8Array ? new Tensor('uint8', x, shape) : new Tensor('float32', x, shape);
      return outputOf(session, input);
    },
    close: () => session.release(),
  };
}

async function outputOf(session: InferenceSession, input: Tensor): Promise<Float32Array> {
  const [name] = session.outputNames;
  const { data, type } = (await session.run({ [inputName]: input }))[name];
  if (data instanceof Float32Array) return data;
  throw new TypeError(
    `--verify: expected float32 numbers as ${name}, got ${type}; export the model again`,
  );
}

async function loadRuntime() {
  try {
    return await import('onnxruntime-web');
  } catch (cause) {
    const isMissing =
      cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw cause;
    throw new ConfigurationError(
      '--verify: expected the package onnxruntime-web, got none; npm install onnxruntime-web',
      { cause },
    );
  }
}
