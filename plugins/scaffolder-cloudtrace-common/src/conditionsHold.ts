import type { OptionConditions, OptionValues } from './types';

/** Whether every condition is met by the answers; no conditions are always met. */
export function conditionsHold(
  conditions: OptionConditions | undefined,
  values: OptionValues,
): boolean {
  return Object.entries(conditions ?? {}).every(([name, allowed]) =>
    allowed.includes(values[name]),
  );
}
