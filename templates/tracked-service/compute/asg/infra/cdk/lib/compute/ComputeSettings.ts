/** Settings of the instances. */
export interface ComputeSettings {
  /**
   * x86_64 instance types in order of preference.
   * @default ["t3.small", "t3a.small"]
   */
  readonly instanceTypes: string[];
}

/** Settings that a service and its environment may omit. */
export const DEFAULT_COMPUTE_SETTINGS: ComputeSettings = {
  instanceTypes: ['t3.small', 't3a.small'],
};

/** Why a value is rejected, by setting. */
export const COMPUTE_CHECKS: Record<
  keyof ComputeSettings,
  (value: unknown, settings: ComputeSettings) => string | undefined
> = {
  instanceTypes: value =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      type =>
        typeof type === 'string' &&
        /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type),
    )
      ? undefined
      : 'must list at least one EC2 instance type such as t3.small',
};
