import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../scripts/lib/findChromium.mjs';
import { median, type Figure } from '../report';
import type { SuiteOptions } from './types';

const PAGE = join(__dirname, '../../../plugins/cloudtrace/dev/tables/page.tsx');
const NAMES = ['MaterialUi', 'Own', 'BackstageUi'] as const;
type Name = (typeof NAMES)[number];

interface Times {
  drawMs: number;
  updateMs: number;
}

/**
 * The table of the frontend against those of Material UI and Backstage UI, in a
 * real browser: time to draw, and time until a change of one row is drawn.
 */
export async function tablesSuite({
  reps,
  quick,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudtrace-tables-'));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(await buildPage(folder));
    for (const name of NAMES) {
      log(`${name}: ${await describeSelection(page, name)}`);
    }
    const figures: Figure[] = [];
    for (const rows of quick ? [50] : [50, 200, 1000]) {
      for (const clickable of [false, true]) {
        const times = await measureAll(page, rows, clickable, reps);
        const { MaterialUi: mui, Own: own, BackstageUi: bui } = times;
        const kind = clickable ? 'rows that open details' : 'rows';
        log(
          `${rows} ${kind}, draw / update in ms: ${NAMES.map(
            name =>
              `${name} ${times[name].drawMs.toFixed(1)} / ${times[
                name
              ].updateMs.toFixed(1)}`,
          ).join(', ')}`,
        );
        figures.push({
          what: `tables: change of one in ${rows} ${kind}, against Material UI`,
          value: own.updateMs / mui.updateMs,
          unit: '×',
          floor: 1,
          goal: 0.5,
          higher: false,
          detail: `Backstage UI ${(bui.updateMs / mui.updateMs).toFixed(
            1,
          )}×; to draw: ${(own.drawMs / mui.drawMs).toFixed(
            2,
          )}×, Backstage UI ${(bui.drawMs / mui.drawMs).toFixed(1)}×`,
        });
      }
    }
    return figures;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

/** Bundles the page as a portal does for production; returns its URL. */
async function buildPage(folder: string): Promise<string> {
  await build({
    entryPoints: { page: PAGE, ui: '@backstage/ui/css/styles.css' },
    outdir: folder,
    bundle: true,
    minify: true,
    jsx: 'automatic',
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const file = join(folder, 'index.html');
  await writeFile(
    file,
    '<!doctype html><link rel="stylesheet" href="ui.css"><body data-theme-mode="light"><script src="page.js"></script>',
  );
  return pathToFileURL(file).href;
}

/** Alternates the tables, so that a slow moment of the machine meets all. */
async function measureAll(
  page: Page,
  rows: number,
  clickable: boolean,
  reps: number,
): Promise<Record<Name, Times>> {
  const measured: Record<Name, Times[]> = {
    MaterialUi: [],
    Own: [],
    BackstageUi: [],
  };
  // The first round warms the browser up.
  for (let rep = 0; rep <= reps; rep++) {
    for (const name of NAMES) {
      const times: Times = await page.evaluate(
        `measure('${name}', ${rows}, ${clickable})`,
      );
      if (rep > 0) measured[name].push(times);
    }
  }
  const middle = (name: Name): Times => ({
    drawMs: median(measured[name].map(({ drawMs }) => drawMs)),
    updateMs: median(measured[name].map(({ updateMs }) => updateMs)),
  });
  return {
    MaterialUi: middle('MaterialUi'),
    Own: middle('Own'),
    BackstageUi: middle('BackstageUi'),
  };
}

/** What happens when someone drags the mouse over a figure to copy it. */
async function describeSelection(page: Page, name: Name): Promise<string> {
  await page.reload();
  await page.evaluate(`show('${name}')`);
  const cell = page.locator('tbody tr').nth(3).locator('td').last();
  const text = await cell.evaluate(element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y: y + height / 2, width };
  });
  await page.mouse.move(text.x + 1, text.y);
  await page.mouse.down();
  await page.mouse.move(text.x + text.width - 1, text.y, { steps: 5 });
  await page.mouse.up();
  const selected = await page.evaluate('String(getSelection())');
  const opened = await page.evaluate('opened.count');
  const headers = await page.locator('tbody th[scope="row"]').count();
  return `dragging over a figure selects "${selected}" and opens ${opened} rows; ${headers} row headers`;
}
