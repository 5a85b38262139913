import type { FleetProblemCode } from './types';

const INFORMATION: ReadonlySet<string> = new Set<FleetProblemCode>([
  'not-measured',
]);

/**
 * Whether a problem only says what a source does not have. Diagnostics and the
 * place where the data would be show it; it is no reason for a warning.
 *
 * @public
 */
export function isInformation({ code }: { code: string }): boolean {
  return INFORMATION.has(code);
}
