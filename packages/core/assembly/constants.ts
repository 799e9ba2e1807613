// Numbers that several kernels share.

/** Values below it that an optimizer keeps become zero: a denormal costs a hundred times a normal number. */
export const TINY: f32 = 1e-30;

/** The index of a pooling window without a maximum: ReLU made all of it zero. */
export const NONE: i32 = 0xffff;
