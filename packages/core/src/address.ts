declare const addressBrand: unique symbol;

/** Where something lies in the kernels' memory: bytes from its start. */
export type Address = number & { readonly [addressBrand]: true };

/** The address `bytes` from the memory's start. Only code that lays out a memory calls this. */
export function toAddress(bytes: number): Address {
  return bytes as Address;
}

/** The address `bytes` further on. */
export function addressAfter(address: Address, bytes: number): Address {
  return toAddress(address + bytes);
}
