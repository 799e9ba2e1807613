// Colours of charts and filters. A chart's spec holds the light colours, so that it stands alone in
// any vega-lite editor; in the page a stylesheet rule for each swaps in the theme's custom property.
// Blue, orange and green are Okabe and Ito's, told apart with every common colour vision deficiency,
// darkened until their names can be read on white.

interface Shade {
  light: string;
  dark: string;
}

/** Every colour a chart may use, in light and dark. */
export const palette = {
  ink: { light: '#24292f', dark: '#e6e4df' },
  label: { light: '#59636e', dark: '#a9adb3' },
  axis: { light: '#a3abb4', dark: '#5d646c' },
  grid: { light: '#e4e7ea', dark: '#2c3137' },
  onColor: { light: '#ffffff', dark: '#0f1418' },
  blue: { light: '#0072b2', dark: '#5cb3ea' },
  orange: { light: '#c25100', dark: '#f5924b' },
  green: { light: '#00795a', dark: '#3fc79d' },
  faint: { light: '#f3c9a9', dark: '#6b4022' },
  positive: { light: '#2b7bc4', dark: '#2b7bc4' },
  negative: { light: '#df6f12', dark: '#df6f12' },
} as const satisfies Record<string, Shade>;

/** A colour of the palette in the page's theme; any other as it is. */
function cssColor(light: string): string {
  const found = Object.entries<Shade>(palette).find(([, shade]) => shade.light === light);
  return found === undefined ? light : `var(--chart-${found[0]})`;
}

/** Style of a border that shows how a line looks. */
export function lineSwatch(line: {
  color: string;
  width: number;
  dash?: readonly number[];
}): string {
  const [length] = line.dash ?? [];
  const style = length === undefined ? 'solid' : length > 4 ? 'dashed' : 'dotted';
  return `border-top:${line.width + 0.7}px ${style} ${cssColor(line.color)}`;
}

/** Custom properties for both themes and the rules that apply them inside `.chart`. */
export function paletteStyles(): string {
  const shades = Object.entries<Shade>(palette);
  const properties = shades.map(
    ([name, { light, dark }]) => `--chart-${name}:light-dark(${light},${dark});`,
  );
  const rules = shades.flatMap(([name, { light }]) =>
    ['fill', 'stroke'].map(
      (attribute) => `.chart [${attribute}="${light}"]{${attribute}:var(--chart-${name})}`,
    ),
  );
  return [`:root{${properties.join('')}}`, ...rules].join('\n');
}
