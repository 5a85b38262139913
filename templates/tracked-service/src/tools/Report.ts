/** The problems that a gate found, by combination. */
export class Report {
  #passed = 0;
  #failed = 0;
  readonly #standIns = new Set<string>();
  readonly #skipped = new Set<string>();
  /** Printed problems with their first check: the same file is wrong in many combinations. */
  readonly #printed = new Map<string, string>();

  /** Records one check; prints it if it failed. */
  note(check: string, problems: readonly string[]): void {
    if (problems.length === 0) {
      this.#passed += 1;
      return;
    }
    this.#failed += 1;
    console.log(`✗ ${check}`);
    const text = problems.join('\n');
    const first = this.#printed.get(text);
    if (first) {
      console.log(`    as ${first}`);
      return;
    }
    this.#printed.set(text, check);
    for (const problem of problems) {
      console.log(`    ${problem.split('\n').join('\n    ')}`);
    }
  }

  /** Runs a check; a thrown error counts as a failure. */
  async run(check: string, body: () => Promise<string[]>): Promise<void> {
    try {
      this.note(check, await body());
    } catch (error) {
      this.note(check, [
        String(error instanceof Error ? error.message : error),
      ]);
    }
  }

  /** Reports that a stand-in replaced the real thing, so that nobody assumes the real thing was used. */
  standIn(description: string): void {
    this.#standIns.add(description);
  }

  /** Reports that a check could not run. */
  skip(description: string): void {
    this.#skipped.add(description);
  }

  get failed(): boolean {
    return this.#failed > 0;
  }

  print(): void {
    for (const description of this.#standIns) {
      console.log(`stand-in: ${description}`);
    }
    for (const description of this.#skipped) {
      console.log(`SKIPPED: ${description}`);
    }
    const skipped = [...this.#skipped].map(what => what.split(':')[0]);
    console.log(
      `${this.#passed} passed, ${this.#failed} failed, ` +
        `${skipped.length} SKIPPED${
          skipped.length > 0 ? ` (${skipped.join(', ')})` : ''
        }`,
    );
  }
}
