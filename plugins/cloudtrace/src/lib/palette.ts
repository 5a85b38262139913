/**
 * Twelve colours per theme. A search found them: it maximised the smallest
 * distance between any two, for normal vision and each kind of colour
 * blindness, among colours with a contrast of 3:1 on the theme's paper.
 */
const LIGHT = [
  '#dd55ee',
  '#660000',
  '#0022ff',
  '#119900',
  '#ff5566',
  '#442244',
  '#225566',
  '#9955aa',
  '#993311',
  '#110088',
  '#aa88aa',
  '#7700bb',
] as const;

const DARK = [
  '#dd55ff',
  '#ee6600',
  '#44ffff',
  '#11aa66',
  '#ffff66',
  '#9988bb',
  '#aadd99',
  '#ee88ff',
  '#bbbb00',
  '#11ccbb',
  '#bbffbb',
  '#dddd00',
] as const;

/** Number of series that a chart draws separately; the rest is "other". */
export const MAX_SERIES = LIGHT.length;

/** Dash patterns that distinguish lines without colour. */
const DASHES = ['', '6 3', '2 2', '8 3 2 3'] as const;

/** Colours of figures other than instances, zones and routes. */
const ACCENTS = {
  blue: { light: '#0072b2', dark: '#56b4e9' },
  green: { light: '#009e73', dark: '#2bc498' },
  violet: { light: '#3d4db7', dark: '#93a0ff' },
} as const;

/** How a series is drawn. */
export interface SeriesLook {
  color: string;
  /** Empty for a solid line and a plain area. */
  dash: string;
}

/** A short hash that is evenly distributed and stable across browsers and releases. */
function hash(text: string): number {
  // FNV-1a, then the last steps of MurmurHash3, because names often differ in
  // one digit.
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/**
 * Returns the colour of an instance, zone or route. It depends only on the
 * name, so it is the same in every view, in every browser and on every day.
 */
export function identityColor(key: string, mode: 'light' | 'dark'): string {
  return (mode === 'dark' ? DARK : LIGHT)[hash(key) % MAX_SERIES];
}

/**
 * Returns how to draw the series of one chart. If some have the same colour,
 * they keep it and get different dash patterns, assigned in the order of names.
 */
export function identityLooks(
  keys: Iterable<string>,
  mode: 'light' | 'dark',
): Map<string, SeriesLook> {
  const uses = new Map<string, number>();
  const looks = new Map<string, SeriesLook>();
  for (const key of [...new Set(keys)].sort()) {
    const color = identityColor(key, mode);
    const before = uses.get(color) ?? 0;
    uses.set(color, before + 1);
    looks.set(key, { color, dash: DASHES[before % DASHES.length] });
  }
  return looks;
}

/** Returns a colour of the plugin's own figures under a theme. */
export function accentColor(
  name: keyof typeof ACCENTS,
  mode: 'light' | 'dark',
): string {
  return ACCENTS[name][mode];
}

/** The colour of the group "other". */
export function otherColor(mode: 'light' | 'dark'): string {
  return mode === 'dark' ? '#7d8590' : '#9aa0a6';
}
