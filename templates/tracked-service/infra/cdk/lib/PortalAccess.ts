import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Properties of {@link PortalAccess}. */
export interface PortalAccessProps {
  /** Service and environment, prefix of the role's name. */
  readonly fullName: string;
  /** AWS account of the portal. */
  readonly portalAccountId: string;
  /** External id that the portal must present. */
  readonly portalExternalId: string;
}

const READ_ACTIONS = path.join(import.meta.dirname, 'portal-read-actions.json');

/**
 * Read-only role that the portal assumes from its own account. The external id prevents a third party that knows the
 * role's ARN from using the portal as a confused deputy.
 */
export class PortalAccess extends Construct {
  readonly role: iam.Role;

  constructor(
    scope: Construct,
    id: string,
    { fullName, portalAccountId, portalExternalId }: PortalAccessProps,
  ) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      roleName: `${fullName}-cloudtrace-portal`,
      description: `Read-only view of ${fullName} for the developer portal`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new iam.AccountPrincipal(portalAccountId),
      externalIds: [portalExternalId],
    });
    this.role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'ReadFleet',
        actions: JSON.parse(readFileSync(READ_ACTIONS, 'utf8')) as string[],
        resources: ['*'],
      }),
    );
    acknowledge(this.role, {
      'IAM5[Resource::*]':
        'Describe and list calls do not support resource-level permissions; each action is named instead of a wildcard.',
    });
  }
}
