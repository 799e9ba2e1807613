/// <reference lib="dom" />

/** Where files come from. */
export interface FilePlaces {
  /** A field in which files are chosen. */
  readonly field: HTMLInputElement;
  /** The part of the page on which they are dropped; it has the class `over` meanwhile. */
  readonly target: HTMLElement;
  /** Whether a file that is pasted anywhere in the page is taken too. */
  readonly isPasted?: boolean;
}

/** Hands over files that are chosen, dropped or pasted: at least one. */
export function takeFiles(
  { field, target, isPasted = false }: FilePlaces,
  onFiles: (files: readonly File[]) => void,
): void {
  const give = (list: FileList | null | undefined) => {
    const files = Array.from(list ?? []);
    if (files.length > 0) onFiles(files);
    return files.length > 0;
  };
  field.addEventListener('change', () => {
    give(field.files);
    field.value = ''; // else the same file chosen again would change nothing
  });
  const mark = (isOver: boolean) => target.classList.toggle('over', isOver);
  target.addEventListener('dragover', (event) => {
    event.preventDefault(); // else the browser would open the file
    mark(true);
  });
  target.addEventListener('dragleave', () => mark(false));
  target.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    give(event.dataTransfer?.files);
  });
  if (!isPasted) return;
  document.addEventListener('paste', (event) => {
    if (give(event.clipboardData?.files)) event.preventDefault();
  });
}
