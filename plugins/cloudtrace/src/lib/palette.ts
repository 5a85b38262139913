/**
 * Twelve colours per theme that stay apart for the common kinds of colour
 * blindness and reach a contrast of 3:1 on the theme's paper. Neighbouring
 * slots differ in lightness as well as in hue, so that a stack of areas is
 * readable in greyscale.
 */
const LIGHT = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#a6448c',
  '#7a6a00',
  '#3d4db7',
  '#c2185b',
  '#00808c',
  '#8c4a16',
  '#5c7cfa',
  '#4f7a1e',
  '#5b2c6f',
] as const;

const DARK = [
  '#56b4e9',
  '#f0893c',
  '#2bc498',
  '#e18ac8',
  '#e6cf4a',
  '#93a0ff',
  '#ff7ba5',
  '#4dd0dc',
  '#c99468',
  '#a9bcff',
  '#a5d36b',
  '#ffc6a8',
] as const;

/** Number of series that get a colour of their own; the rest is "other". */
export const MAX_SERIES = LIGHT.length;

/** Dash patterns that tell lines apart without colour. */
export const DASHES = ['', '6 3', '2 2', '8 3 2 3'] as const;

function hash(text: string): number {
  // FNV-1a: short, stable over browsers and releases.
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}

/**
 * Remembers which slot of the palette a key has, so that an instance keeps its
 * colour on every view. A key starts at the slot of its hash and moves on to
 * the next free one; keys that arrive together are placed in order of name, so
 * that two browsers agree.
 */
export class ColorSlots {
  readonly #slots = new Map<string, number>();
  readonly #used = new Set<number>();

  /** Places keys that have no slot yet. */
  assign(keys: Iterable<string>): void {
    for (const key of [...new Set(keys)].sort()) {
      if (!this.#slots.has(key)) {
        this.#place(key);
      }
    }
  }

  /** The slot of a key, placing it if it is new. */
  slotOf(key: string): number {
    this.assign([key]);
    return this.#slots.get(key)!;
  }

  #place(key: string): void {
    if (this.#used.size === MAX_SERIES) {
      this.#used.clear();
    }
    let slot = hash(key) % MAX_SERIES;
    while (this.#used.has(slot)) {
      slot = (slot + 1) % MAX_SERIES;
    }
    this.#used.add(slot);
    this.#slots.set(key, slot);
  }
}

/** The colour of a slot under a theme. */
export function slotColor(slot: number, mode: 'light' | 'dark'): string {
  return (mode === 'dark' ? DARK : LIGHT)[slot % MAX_SERIES];
}

/** The colour of the group "other". */
export function otherColor(mode: 'light' | 'dark'): string {
  return mode === 'dark' ? '#7d8590' : '#9aa0a6';
}

/** What colours are kept for; each kind has slots of its own. */
export type ColorKind = 'instance' | 'zone' | 'route';
