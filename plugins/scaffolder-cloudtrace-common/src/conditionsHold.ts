import type { OptionConditions, OptionValues } from './types';

/** Whether the answers meet every condition; an empty list is always met. */
export function conditionsHold(
  conditions: OptionConditions | undefined,
  values: OptionValues,
): boolean {
  return Object.entries(conditions ?? {}).every(([name, allowed]) =>
    allowed.includes(values[name]),
  );
}
