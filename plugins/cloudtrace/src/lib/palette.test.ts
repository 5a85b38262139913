import { identityColor, identityLooks, MAX_SERIES } from './palette';

const instances = Array.from({ length: 400 }, (_, i) => `i-0${i.toString(16)}`);
const MODES = ['light', 'dark'] as const;

/** Linear light of a colour. */
function linear(hex: string): number[] {
  return [1, 3, 5].map(i => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

function multiply(matrix: number[][], vector: number[]): number[] {
  return matrix.map(row =>
    row.reduce((sum, factor, i) => sum + factor * vector[i], 0),
  );
}

/** Colour vision deficiency as in Machado, Oliveira, Fernandes (2009), severity 1. */
const VISION: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** A colour in OKLab, where distances match perceived differences. */
function oklab(rgb: number[]): number[] {
  const clamped = rgb.map(value => Math.min(Math.max(value, 0), 1));
  const lms = multiply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    clamped,
  ).map(Math.cbrt);
  return multiply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

const colorsOf = (mode: (typeof MODES)[number]) => [
  ...new Set(instances.map(key => identityColor(key, mode))),
];

describe('the colour of an instance', () => {
  it('depends only on its name', () => {
    expect(
      ['i-0a1', 'i-0a2', 'local-b'].map(key => identityColor(key, 'light')),
    ).toEqual(['#660000', '#aa88aa', '#225566']);
    const alone = identityLooks(['i-0c'], 'light').get('i-0c');
    const among = identityLooks([...instances, 'i-0c'], 'light').get('i-0c');
    expect(among!.color).toBe(alone!.color);
  });

  it('stays if two in a chart share it; a dash pattern distinguishes them', () => {
    const color = identityColor(instances[0], 'dark');
    const same = instances
      .filter(key => identityColor(key, 'dark') === color)
      .slice(0, 4);
    const looks = identityLooks(same, 'dark');
    expect([...looks.values()].map(look => look.color)).toEqual(
      same.map(() => color),
    );
    expect(new Set([...looks.values()].map(look => look.dash)).size).toBe(4);
    // Neither the order of the response nor the time of arrival matters.
    expect(identityLooks([...same].reverse(), 'dark')).toEqual(looks);
  });

  it('is evenly distributed over names that differ in a digit', () => {
    const counts = new Map<string, number>();
    for (const key of instances) {
      const color = identityColor(key, 'light');
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    expect(counts.size).toBe(MAX_SERIES);
    expect(Math.max(...counts.values())).toBeLessThan(
      (2 * instances.length) / MAX_SERIES,
    );
  });

  it.each(MODES)('reaches a contrast of 3:1 in the %s theme', mode => {
    const luminance = (hex: string) => {
      const [r, g, b] = linear(hex);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = luminance(mode === 'dark' ? '#424242' : '#ffffff');
    for (const color of colorsOf(mode)) {
      const [high, low] = [luminance(color), paper].sort((a, b) => b - a);
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(
    MODES.flatMap(mode =>
      Object.keys(VISION).map(vision => [mode, vision] as const),
    ),
  )('differs from any other in the %s theme with %s vision', (mode, vision) => {
    const seen = colorsOf(mode).map(color =>
      oklab(multiply(VISION[vision], linear(color))),
    );
    const distances = seen.flatMap((a, i) =>
      seen.slice(0, i).map(b => Math.hypot(...a.map((x, k) => x - b[k]))),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.08);
  });
});
