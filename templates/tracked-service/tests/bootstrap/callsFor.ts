import { ACCOUNT, REGION } from './BootstrapStack';
import type { Call, RequestContext } from './isAllowed';

/** The calls that Terraform makes for one type of resource, in the environment of a full name. */
export type CallsFor = (fullName: string) => Call[];

/** ARN of a resource in the account and region of the tests. */
export const regional = (service: string, resource: string) =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const inRegion: RequestContext = { 'aws:RequestedRegion': REGION };

/** The calls of `actions`, separated by spaces, to one resource. */
export const on =
  (
    service: string,
    actions: string,
    resource: (fullName: string) => string,
    context: RequestContext = inRegion,
  ): CallsFor =>
  fullName =>
    actions.split(' ').map(action => ({
      action: `${service}:${action}`,
      resource: resource(fullName),
      context,
    }));

/** The calls of several functions. */
export const all =
  (...parts: readonly CallsFor[]): CallsFor =>
  fullName =>
    parts.flatMap(part => part(fullName));

/** For actions that do not support resource-level permissions. */
export const anything = () => '*';

/** ARN of a role of the infrastructure. */
export const role = (fullName: string) =>
  `arn:aws:iam::${ACCOUNT}:role/${fullName}-task`;

/** Giving a role to an AWS service. */
export const passRole = (service: string) =>
  on('iam', 'PassRole', role, { 'iam:PassedToService': service });

/** In a new account, the first resource of an AWS service creates the role of this service. */
export const serviceRole = (service: string) =>
  on(
    'iam',
    'CreateServiceLinkedRole',
    () => `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${service}/Role`,
    { 'iam:AWSServiceName': service },
  );

/** Letting an AWS service encrypt with the environment's key. */
export const grant = on('kms', 'CreateGrant DescribeKey', anything, {
  ...inRegion,
  'kms:GrantIsForAWSResource': 'true',
});

/** Resources of EC2 have no names in their ARNs. */
export const ec2 = (actions: string) => on('ec2', actions, anything);

/** ARN of a load balancer, a listener or a target group. */
export const balancer = (kind: string) => (fullName: string) =>
  regional('elasticloadbalancing', `${kind}/${fullName}/1`);
