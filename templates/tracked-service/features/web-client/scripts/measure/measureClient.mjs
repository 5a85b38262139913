import { firstViewBytes } from './firstViewBytes.mjs';
import { measurePaint } from './measurePaint.mjs';

/**
 * Size of the first view, and its speed in the browser that CHROMIUM names.
 *
 * @param {{ root: string, url: string }} options folder of the repository, and the page
 * @returns {Promise<{ figure: string, value: string, target: string, ok: boolean }[]>}
 */
export async function measureClient({ root, url }) {
  const kilobytes = firstViewBytes(root) / 1_000;
  const size = {
    figure: 'first view, gzip',
    value: `${kilobytes.toFixed(1)} kB`,
    target: '<= 120 kB',
    ok: kilobytes <= 120,
  };
  const browser = process.env.CHROMIUM;
  if (!browser) {
    console.log(
      'LCP and layout shift are not measured: CHROMIUM names no browser.',
    );
    return [size];
  }
  const { lcpMs, layoutShift } = await measurePaint({ browser, url });
  return [
    size,
    {
      figure: 'largest contentful paint',
      value: `${lcpMs.toFixed(0)} ms`,
      target: '<= 2500 ms',
      ok: lcpMs <= 2_500,
    },
    {
      figure: 'layout shift',
      value: layoutShift.toFixed(3),
      target: '<= 0.1',
      ok: layoutShift <= 0.1,
    },
  ];
}
