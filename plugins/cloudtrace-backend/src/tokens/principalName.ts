import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who calls, for the record: the user's entity ref, or the subject of a service. */
export function principalName(credentials: BackstageCredentials): string {
  const principal = credentials.principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return principal.userEntityRef ?? principal.subject ?? 'unknown';
}
