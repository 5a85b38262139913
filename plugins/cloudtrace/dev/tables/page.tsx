/*
 * The page of `yarn bench tables`: draws tables and measures how long it takes.
 */
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { CANDIDATES, type CandidateName } from './candidates';
import { COLUMNS, makeRows, withOneChange, type Service } from './rows';

const UPDATES = 10;
const theme = createTheme();

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function mount(name: CandidateName, onOpen?: () => void) {
  const Candidate = CANDIDATES[name];
  const host = document.body.appendChild(document.createElement('main'));
  const root = createRoot(host);
  return {
    host,
    draw: (rows: Service[]) =>
      flushSync(() =>
        root.render(
          <ThemeProvider theme={theme}>
            <Candidate rows={rows} onOpen={onOpen} />
          </ThemeProvider>,
        ),
      ),
    remove: () => {
      root.unmount();
      host.remove();
    },
  };
}

/** Runs what React left for later, and lays out the page. */
async function settle(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise(resolve => {
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
  document.body.getBoundingClientRect();
}

async function timeMs(action: () => void): Promise<number> {
  const began = performance.now();
  action();
  await settle();
  return performance.now() - began;
}

/** Milliseconds to draw a table, and until a change of one row is drawn. */
async function measure(
  name: CandidateName,
  count: number,
  clickable: boolean,
): Promise<{ drawMs: number; updateMs: number }> {
  const table = mount(name, clickable ? () => {} : undefined);
  let rows = makeRows(count);
  const draw = () => table.draw(rows);
  const drawMs = await timeMs(draw);
  const updatesMs: number[] = [];
  const at = Math.floor(count / 2);
  for (let i = 0; i < UPDATES; i++) {
    rows = withOneChange(rows);
    updatesMs.push(await timeMs(draw));
    const shown = table.host.querySelectorAll('tbody tr')[at].lastElementChild;
    if (shown?.textContent !== rows[at].figures.at(-1)!.toFixed(2)) {
      throw new Error(`${name} did not draw the change`);
    }
    await new Promise(requestAnimationFrame);
  }
  table.remove();
  return { drawMs, updateMs: median(updatesMs) };
}

/** Draws a table whose rows open something, for a test of its behaviour. */
function show(name: CandidateName): void {
  const opened = { count: 0 };
  mount(name, () => {
    opened.count++;
  }).draw(makeRows(COLUMNS.length));
  Object.assign(window, { opened });
}

Object.assign(window, { measure, show });
