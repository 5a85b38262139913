/** The path of a Chromium or Chrome, or `undefined` without one. */
export function findChromium(): string | undefined;
