/** How thoroughly a suite measures. */
export interface SuiteOptions {
  /** Repetitions; each figure is their median. */
  reps: number;
  /** Seconds of each load run. */
  seconds: number;
  /** Uses less data and shorter runs, to check that the suite works. */
  quick: boolean;
  /** Prints progress. */
  log(line: string): void;
}
