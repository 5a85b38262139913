import pidusage from 'pidusage';

const KEPT_SAMPLES = 3;

/** CPU use of processes in percent of one core, averaged over the last samples. */
export class CpuSampler {
  readonly #samples = new Map<number, number[]>();

  /** Takes a sample of each process; processes that are gone are forgotten. */
  async sample(pids: number[]): Promise<void> {
    for (const known of this.#samples.keys()) {
      if (!pids.includes(known)) this.#samples.delete(known);
    }
    await Promise.all(
      pids.map(async pid => {
        try {
          const { cpu } = await pidusage(pid);
          const samples = this.#samples.get(pid);
          if (!samples) {
            // The first figure is the average since the process started, which is dear: it only sets the base.
            this.#samples.set(pid, []);
            return;
          }
          samples.push(cpu);
          if (samples.length > KEPT_SAMPLES) samples.shift();
        } catch {
          this.#samples.delete(pid);
        }
      }),
    );
  }

  of(pid: number): number | undefined {
    return mean(this.#samples.get(pid) ?? []);
  }

  /** Average over processes that have samples. */
  average(pids: number[]): number | undefined {
    return mean(
      pids.flatMap(pid => {
        const value = this.of(pid);
        return value === undefined ? [] : [value];
      }),
    );
  }
}

function mean(values: number[]): number | undefined {
  if (!values.length) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
