import * as framework from '@backstage/frontend-plugin-api';

type Framework = typeof framework;

/**
 * What the frontend framework exports since Backstage 1.57; undefined before.
 * Bundlers of older apps would warn of a plain import.
 */
export function fromFramework<Name extends keyof Framework>(
  name: Name,
): Framework[Name] | undefined {
  return Reflect.get(framework, name);
}
