// Circles of imports and imports that run upward within a package, types included.
import path from 'node:path';
import ts from 'typescript';

/** Which files of a package each of its files imports, in any form; paths from `src/`. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** @param sources The text of each file by its path from `src/`, with `/` on every system. */
export function toImportGraph(sources: ReadonlyMap<string, string>): ImportGraph {
  const importsOf = (file: string, text: string) =>
    ts
      .preProcessFile(text, true, true)
      .importedFiles.map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
      .filter((target) => sources.has(target));
  return new Map([...sources].map(([file, text]) => [file, importsOf(file, text)]));
}

/** Groups of files that all reach each other, sorted; none where imports run in no circle. */
export function circlesOf(graph: ImportGraph): string[][] {
  const reached = new Map([...graph.keys()].map((file) => [file, reachableFrom(file, graph)]));
  const reaches = (from: string, to: string) => reached.get(from)?.has(to) ?? false;
  const inCircles = [...graph.keys()].filter((file) => reaches(file, file)).sort();
  const circles = inCircles.map((file) =>
    inCircles.filter((other) => reaches(file, other) && reaches(other, file)),
  );
  return circles.filter((circle, i) => circle[0] === inCircles[i]);
}

function reachableFrom(start: string, graph: ImportGraph): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(graph.get(start) ?? [])];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    waiting.push(...(graph.get(file) ?? []));
  }
  return reached;
}

/** The folder below `src/` that a file is in; a loose file is a room of its own. */
export function roomOf(file: string): string {
  return file.split('/')[0];
}

/** A sentence for each import of a room that stands above; `rooms` are named from the lowest up. */
export function upwardImports(graph: ImportGraph, rooms: readonly string[]): string[] {
  const floorOf = (file: string) => rooms.indexOf(roomOf(file));
  return [...graph].flatMap(([file, targets]) =>
    targets
      .filter((target) => floorOf(target) > floorOf(file))
      .map((target) => `${file} imports ${target}, which stands above`),
  );
}
