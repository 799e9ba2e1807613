export { createKernels, createMemory, kernelNames } from '../kernels.ts';
export type { KernelBuild, KernelName } from '../kernels.ts';
export { kernelParameters } from '../kernel-signatures.ts';
export type { Kernels } from '../kernel-signatures.ts';
export { addressAfter, toAddress } from '../address.ts';
export type { Address } from '../address.ts';
export { sigmoidConstants } from '../sigmoid-constants.ts';
export { createGemmPeak } from '../gemm-peak.ts';
export type { GemmPeak } from '../gemm-peak.ts';
