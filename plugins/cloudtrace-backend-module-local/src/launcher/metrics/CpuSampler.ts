import pidusage from 'pidusage';

const KEPT_SAMPLES = 3;

/** CPU use of processes in percent of one core, averaged over the last samples. */
export class CpuSampler {
  readonly #samples = new Map<number, number[]>();

  /** Samples each process; drops processes that have ended. */
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
            // The first value is the average since the start, which is
            // expensive, so it only serves as the base.
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

  /** Average over all processes with samples. */
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
