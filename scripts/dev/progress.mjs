const started = Date.now();

function elapsed(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Prints one line per step: when it begins (on a terminal, with a running
 * clock) and when it is done, with the seconds it took. A step that finished
 * with a problem resolves to an object with a `warning`, which is printed.
 */
export async function step(title, work) {
  const since = Date.now();
  const isTerminal = process.stdout.isTTY;
  const line = mark => `${mark} ${title}`;
  let detail = '';
  const draw = () =>
    process.stdout.write(
      `\r\x1b[2K${line('…')} (${elapsed(since)})${
        detail ? ` ${detail}`.slice(0, 60) : ''
      }`,
    );
  const timer = isTerminal ? setInterval(draw, 200) : undefined;
  if (!isTerminal) console.log(line('…'));
  const report = text => {
    detail = text;
  };
  try {
    const result = await work(report);
    clearInterval(timer);
    if (isTerminal) process.stdout.write('\r\x1b[2K');
    const warning = result?.warning;
    console.log(`${line(warning ? '!' : '✓')} (${elapsed(since)})`);
    if (warning) console.log(warning.replace(/^/gm, '  '));
    return result;
  } catch (error) {
    clearInterval(timer);
    if (isTerminal) process.stdout.write('\r\x1b[2K');
    console.log(line('✗'));
    throw error;
  }
}

/** Time since the command began, in words. */
export function totalElapsed() {
  return elapsed(started);
}
