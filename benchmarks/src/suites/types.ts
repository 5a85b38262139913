/** How thoroughly a suite measures. */
export interface SuiteOptions {
  /** Repetitions; figures are medians of them. */
  reps: number;
  /** Seconds of each load run. */
  seconds: number;
  /** Less data and shorter runs, to see that it works. */
  quick: boolean;
  /** Prints progress. */
  log(line: string): void;
}
