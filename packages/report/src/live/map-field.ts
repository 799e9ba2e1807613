/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The marks over the points of the map: the frame, the points in it, the point that one is at.
import { find } from '@convbook/page/browser';
import { dots } from '../images/dots.ts';
import { parsePoints, type MapFrame, type MapPoint } from './map-points.ts';

/** A class's points in the drawing. */
interface Group {
  readonly element: SVGGElement;
  readonly points: readonly MapPoint[];
}

/** The drawing of the map. */
export type MapField = ReturnType<typeof createMapField>;

/** Reads the points that the page was made with. */
export function createMapField(field: HTMLElement) {
  const svg = find<SVGSVGElement>('svg', field);
  const { width, height } = svg.viewBox.baseVal;
  const groups = [...svg.querySelectorAll<SVGGElement>('g')].map(readGroup);
  const [over, here] = [drawn(svg, 'g'), drawn(svg, 'path')];
  const frame = drawn(svg, 'rect');
  frame.setAttribute('class', 'map-frame');
  here.setAttribute('class', 'here');
  svg.append(over, frame, here);
  const shownGroups = () => groups.filter(({ element }) => element.style.display !== 'none');
  return {
    width,
    height,
    /** The points of the classes that are shown. */
    points: (): MapPoint[] => shownGroups().flatMap(({ points }) => points),
    /** Shows or hides the points of some classes and their names. */
    toggle(isOwn: (label: number) => boolean, isShown: boolean) {
      for (const element of field.querySelectorAll<SVGGElement | HTMLElement>('[data-label]')) {
        if (isOwn(Number(element.dataset.label))) element.style.display = isShown ? '' : 'none';
      }
    },
    /** Where a pointer is, in the drawing's units. */
    place({ clientX, clientY }: MouseEvent) {
      const box = svg.getBoundingClientRect();
      return {
        x: ((clientX - box.left) * width) / box.width,
        y: ((clientY - box.top) * height) / box.height,
      };
    },
    /** So many pixels of the page in the drawing's units. */
    units: (pixels: number) => (pixels * width) / svg.getBoundingClientRect().width,
    mark(point: MapPoint | null) {
      here.setAttribute('d', point === null ? '' : dots([point]));
    },
    /** Draws a frame and lifts out the points in it; null takes both away. */
    frame(shown: MapFrame | null, chosen: readonly MapPoint[]) {
      svg.classList.toggle('framed', shown !== null);
      over.replaceChildren();
      setFrame(frame, shown);
      const indexes = new Set(chosen.map(({ index }) => index));
      for (const { element, points } of shownGroups()) {
        const own = points.filter(({ index }) => indexes.has(index));
        if (own.length > 0) over.append(withPoints(element, own));
      }
    },
  };
}

function readGroup(element: SVGGElement): Group {
  const { indexes = '', label } = element.dataset;
  const path = find('path', element).getAttribute('d') ?? '';
  const isWrong = element.classList.contains('wrong');
  return { element, points: parsePoints(path, indexes, Number(label), isWrong) };
}

/** A new element of a drawing: its namespace is an address, and a page names none. */
function drawn(within: SVGElement, name: 'g' | 'path' | 'rect'): Element {
  return document.createElementNS(within.namespaceURI, name);
}

/** A copy of a group with some of its points. */
function withPoints(group: SVGGElement, points: readonly MapPoint[]): Element {
  const copy = drawn(group, 'g');
  copy.setAttribute('class', `${group.getAttribute('class') ?? ''} chosen`);
  for (const path of group.querySelectorAll('path')) {
    const own = drawn(group, 'path');
    own.setAttribute('class', path.getAttribute('class') ?? '');
    own.setAttribute('d', dots(points));
    copy.append(own);
  }
  return copy;
}

function setFrame(rect: Element, frame: MapFrame | null): void {
  const { from, to } = frame ?? { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
  const sides = {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(to.x - from.x),
    height: Math.abs(to.y - from.y),
  };
  for (const [side, value] of Object.entries(sides)) rect.setAttribute(side, String(value));
}
