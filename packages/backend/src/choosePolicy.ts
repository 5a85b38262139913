import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The policies of this portal. */
export type PolicyName = 'owners' | 'allow-all';

const KEY = 'permission.localPolicy';

/**
 * The policy that decides on permissions: the owners' policy, unless the local
 * portal asks for another one.
 *
 * @throws `InputError` for `allow-all` outside the local portal
 */
export function choosePolicy(
  config: Config,
  nodeEnv: string | undefined,
): PolicyName {
  const name = config.getOptionalString(KEY) ?? 'owners';
  if (name !== 'owners' && name !== 'allow-all') {
    throw new InputError(
      `${KEY} must be 'owners' or 'allow-all', not '${name}'`,
    );
  }
  if (name === 'allow-all' && nodeEnv !== 'development') {
    throw new InputError(
      `${KEY} 'allow-all' is allowed only in the local portal, where only the guest can sign in: remove it, or write your own policy (docs/permissions.md)`,
    );
  }
  return name;
}
