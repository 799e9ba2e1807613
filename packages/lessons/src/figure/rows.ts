// Numbers in rows and columns, and places among them.

/** A row and a column. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Rows and columns that belong together. */
export interface Area extends Cell {
  readonly height: number;
  readonly width: number;
}

/** Whether a place lies in an area. */
export function isInArea({ row, column, height, width }: Area, place: Cell): boolean {
  const [down, right] = [place.row - row, place.column - column];
  return down >= 0 && right >= 0 && down < height && right < width;
}

/** Where a number of a list stands, once the list is cut into rows. */
export function cellAt(index: number, columns: number): Cell {
  return { row: Math.floor(index / columns), column: index % columns };
}

/** A list cut into rows. */
export function toRows<Value>(values: readonly Value[], columns: number): Value[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns),
  );
}

/** Rows with zeros around them. */
export function padRows(rows: readonly (readonly number[])[], padding: number): number[][] {
  const [height, width] = [rows.length, rows[0].length].map((length) => length + 2 * padding);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => rows[row - padding]?.[column - padding] ?? 0),
  );
}
