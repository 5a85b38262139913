import { ecosystemOf } from './ecosystem';

/**
 * Ecosystem of a name from Amazon Inspector: a package manager such as
 * `PYTHONPKG`, or `OS` with a platform such as `DEBIAN_12`.
 */
export function ecosystemOfInspector(
  manager: string | undefined,
  platform?: string,
): string | undefined {
  if (manager?.toUpperCase() !== 'OS') return ecosystemOf(manager);
  return ecosystemOf(platform?.split(/[_ ]/)[0]);
}
