declare const addressBrand: unique symbol;

/** Where something lies in the kernels' memory: bytes from its start. */
export type Address = number & { readonly [addressBrand]: true };

/** The address that is so many bytes from the memory's start. Only who lays out a memory knows it. */
export function toAddress(bytes: number): Address {
  return bytes as Address;
}

/** The address `bytes` further on. */
export function addressAfter(address: Address, bytes: number): Address {
  return toAddress(address + bytes);
}
