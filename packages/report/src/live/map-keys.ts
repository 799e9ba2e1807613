/// <reference lib="dom" />
import { arrowSteps } from './arrow-keys.ts';
import { nearestPoint, nextPoint, type MapFrame, type MapPoint } from './map-points.ts';

/** The actions of the keys on the map. */
interface KeyUses {
  points(): readonly MapPoint[];
  /** Where the first step begins. */
  readonly middle: MapFrame['from'];
  current(): MapPoint | null;
  show(point: MapPoint | null): void;
  open(): void;
  drag(frame: MapFrame): void;
  done(frame: MapFrame | null): void;
}

/** Arrow keys go from point to point, and stretch a frame that Space has begun. */
export function onMapKeys(field: HTMLElement, uses: KeyUses): void {
  let corner: MapPoint | null = null;

  const step = (direction: readonly [number, number]) => {
    const [points, from] = [uses.points(), uses.current()];
    const next = from
      ? (nextPoint(points, from, direction) ?? from)
      : nearestPoint(points, uses.middle.x, uses.middle.y);
    uses.show(next);
    if (corner && next) uses.drag({ from: corner, to: next });
  };
  const beginOrEnd = () => {
    const here = uses.current();
    if (here === null) return;
    if (corner) uses.done({ from: corner, to: here });
    else uses.drag({ from: here, to: here });
    corner = corner ? null : here;
  };
  const escape = () => {
    corner = null;
    uses.done(null);
    uses.show(null);
  };
  field.addEventListener('keydown', (event) => {
    if (event.target !== field) return;
    const direction = arrowSteps[event.key];
    if (direction) step(direction);
    else if (event.key === 'Enter' && uses.current()) uses.open();
    else if (event.key === ' ') beginOrEnd();
    else if (event.key === 'Escape') escape();
    else return;
    event.preventDefault();
  });
}
