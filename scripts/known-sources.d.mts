export interface Known {
  name: string;
  marks: Record<string, string>;
}
export function recall(cache: string): string | null;
export function marksOf(files: readonly string[]): Record<string, string> | null;
export function remember(cache: string, known: Known): void;
