/** Settings of the tasks on Fargate. */
export interface ComputeSettings {
  /**
   * CPU units of a task; 1024 are one virtual CPU.
   * @default 512
   */
  readonly taskCpu: number;
  /**
   * Memory of a task in MiB, two to eight times `taskCpu`.
   * @default 1024
   */
  readonly taskMemoryMb: number;
}

/** Settings that a service and its environment may omit. */
export const DEFAULT_COMPUTE_SETTINGS: ComputeSettings = {
  taskCpu: 512,
  taskMemoryMb: 1024,
};

/** Why a value is rejected, by setting. */
export const COMPUTE_CHECKS: Record<
  keyof ComputeSettings,
  (value: unknown, settings: ComputeSettings) => string | undefined
> = {
  taskCpu: value =>
    [256, 512, 1024, 2048, 4096].includes(value as number)
      ? undefined
      : 'must be 256, 512, 1024, 2048 or 4096',
  taskMemoryMb: (value, { taskCpu }) =>
    typeof value === 'number' &&
    value % 512 === 0 &&
    value >= 2 * taskCpu &&
    value <= 8 * taskCpu
      ? undefined
      : 'must be two to eight times taskCpu, in steps of 512',
};
