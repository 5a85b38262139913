const PATH = '/catalog/default/component/request-tracker-demo/cloudtrace';
const VIEWS = [
  'overview',
  'load-distribution',
  'requests',
  'health-checks',
  'scaling-history',
  'failover-history',
  'metrics',
  'security-scans',
  'diagnostics',
];
const LOADING = '[role="progressbar"], [aria-busy="true"]';
/** Words of a view that shows an error, or says that there is nothing. */
const SUSPICIOUS =
  /\b(no|none|nothing|never|not|error|failed|cannot|could|unavailable|unknown|missing|retry)\b/i;
const SETTLE_MS = 30_000;

/** Clicks through all views of the tab, and remembers what each one says when all is well. */
export class ViewWalk {
  #page;
  /** Sentences that a view shows although nothing is wrong. */
  #usual = new Map(VIEWS.map(view => [view, new Set()]));

  constructor(page) {
    this.#page = page;
  }

  /** Opens the tab and learns what its views say. */
  async learn(portalUrl) {
    await this.#page.goto(`${portalUrl}${PATH}/overview?range=15m`);
    for (const view of [...VIEWS, ...VIEWS]) {
      await this.#open(view);
      await this.#page.waitForTimeout(2_000);
      for (const line of await this.#suspiciousLines()) {
        this.#usual.get(view).add(line);
      }
    }
  }

  /**
   * Opens every view once.
   *
   * @returns what views still say after half a minute that they did not say before
   */
  async walk() {
    const problems = [];
    for (const view of VIEWS) {
      await this.#open(view);
      await this.#page.waitForTimeout(700);
      const seen = new Set();
      const deadline = Date.now() + SETTLE_MS;
      let lines;
      do {
        lines = (await this.#suspiciousLines()).filter(
          line => !this.#usual.get(view).has(line),
        );
        for (const line of lines) seen.add(line);
        if (lines.length > 0) await this.#page.waitForTimeout(1_000);
      } while (lines.length > 0 && Date.now() < deadline);
      for (const line of seen) {
        problems.push({ view, line, recovered: !lines.includes(line) });
      }
    }
    return problems;
  }

  async #open(view) {
    await this.#page
      .getByRole('navigation', { name: 'CloudTrace views' })
      .getByRole('link', {
        name: new RegExp(`^${view.replace('-', ' ')}`, 'i'),
      })
      .click();
    await this.#page.waitForURL(url => url.pathname.endsWith(view));
    await this.#page
      .waitForFunction(
        loading => !document.querySelector(`main ${loading}`),
        LOADING,
        { timeout: SETTLE_MS },
      )
      .catch(() => {});
  }

  /** Numbers and names of instances change while all is well. */
  async #suspiciousLines() {
    const text = await this.#page.locator('main').first().innerText();
    return text
      .split('\n')
      .map(line => line.trim().replace(/local-i-[0-9a-f]+|[\d.,:]+/g, '#'))
      .filter(line => SUSPICIOUS.test(line));
  }
}
