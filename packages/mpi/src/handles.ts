// The values that mpi.h of each implementation defines: MPI standardised names, and their values only with the
// ABI of MPI 5.0 (chapter 20). In Open MPI a handle is the address of an object, in MPICH a number.

/** Implementations that agree in the values of mpi.h; MPICH's are those of Intel MPI and MVAPICH, too. */
export type LibraryKind = 'openmpi' | 'mpich' | 'abi';

export type Handle = number | bigint;

export interface Handles {
  /** The C type of a handle. */
  readonly type: 'void *' | 'int';
  /** MPI_COMM_WORLD */
  readonly world: Handle;
  /** MPI_BYTE */
  readonly byte: Handle;
  /** MPI_ERRORS_RETURN */
  readonly errorsReturn: Handle;
  /** MPI_IN_PLACE */
  readonly inPlace: bigint;
  /** MPI_STATUS_IGNORE */
  readonly ignoreStatus: bigint;
  /** MPI_ANY_SOURCE */
  readonly anySource: number;
  /** MPI_THREAD_FUNNELED */
  readonly funneled: number;
}

/** `addressOf` gives the address of a symbol of the library. */
export function handlesOf(kind: LibraryKind, addressOf: (symbol: string) => bigint): Handles {
  switch (kind) {
    case 'openmpi':
      return {
        type: 'void *',
        world: addressOf('ompi_mpi_comm_world'),
        byte: addressOf('ompi_mpi_byte'),
        errorsReturn: addressOf('ompi_mpi_errors_return'),
        inPlace: 1n,
        ignoreStatus: 0n,
        anySource: -1,
        funneled: 1,
      };
    case 'mpich':
      return {
        type: 'int',
        world: 0x44000000,
        byte: 0x4c00010d,
        errorsReturn: 0x54000001,
        inPlace: -1n,
        ignoreStatus: 1n,
        anySource: -2,
        funneled: 1,
      };
    case 'abi':
      return {
        type: 'void *',
        world: 0x101n,
        byte: 0x247n,
        errorsReturn: 0x142n,
        inPlace: 1n,
        ignoreStatus: 0n,
        anySource: -1,
        funneled: 1024,
      };
  }
}
