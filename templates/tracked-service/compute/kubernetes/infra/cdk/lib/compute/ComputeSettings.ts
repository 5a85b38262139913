/** Settings of the cluster and its nodes. */
export interface ComputeSettings {
  /**
   * Kubernetes version of control plane and nodes. Raise it by one minor version at a time.
   * @default "1.35"
   */
  readonly kubernetesVersion: string;
  /**
   * x86_64 instance types of the nodes in order of preference.
   * @default ["t3.large", "t3a.large"]
   */
  readonly nodeInstanceTypes: string[];
  /**
   * Nodes that run in each zone; a t3.large has room for about five pods. `minSize` and `maxSize` count pods instead.
   * @default 1
   */
  readonly nodeMinSize: number;
  /**
   * Nodes that each zone may have, for updates and for whoever changes their number.
   * @default 3
   */
  readonly nodeMaxSize: number;
  /**
   * Public networks from which the cluster's API may be reached, such as those of the pipeline; empty: only from the VPC.
   * @default []
   */
  readonly clusterPublicAccessCidrs: string[];
  /**
   * Private networks from which the cluster's API may be reached, such as that of the pipeline's own runners. The route
   * from them is not created here.
   * @default []
   */
  readonly clusterPrivateAccessCidrs: string[];
  /**
   * IAM roles besides the pipeline's that administer the cluster.
   * @default []
   */
  readonly clusterAdminRoleArns: string[];
}

/** Settings that a service and its environment may omit. */
export const DEFAULT_COMPUTE_SETTINGS: ComputeSettings = {
  kubernetesVersion: '1.35',
  nodeInstanceTypes: ['t3.large', 't3a.large'],
  nodeMinSize: 1,
  nodeMaxSize: 3,
  clusterPublicAccessCidrs: [],
  clusterPrivateAccessCidrs: [],
  clusterAdminRoleArns: [],
};

/** Why a value is rejected, by setting. */
export const COMPUTE_CHECKS: Record<
  keyof ComputeSettings,
  (value: unknown, settings: ComputeSettings) => string | undefined
> = {
  kubernetesVersion: value =>
    typeof value === 'string' && /^1\.\d{2}$/.test(value)
      ? undefined
      : 'must be a minor version of Kubernetes such as 1.35',
  nodeInstanceTypes: value =>
    Array.isArray(value) &&
    value.length > 0 &&
    everyMatches(value, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/)
      ? undefined
      : 'must list at least one EC2 instance type such as t3.large',
  nodeMinSize: value =>
    isWhole(value) && value >= 1
      ? undefined
      : 'must be a whole number of at least 1',
  nodeMaxSize: (value, { nodeMinSize }) =>
    isWhole(value) && value > nodeMinSize && value <= 50
      ? undefined
      : 'must be a whole number above nodeMinSize, 50 at most',
  clusterPublicAccessCidrs: value =>
    everyMatches(value, /^(\d{1,3}\.){3}\d{1,3}\/(1[6-9]|2\d|3[0-2])$/)
      ? undefined
      : 'may list IPv4 networks with a prefix length from 16 to 32, such as 203.0.113.0/24',
  clusterPrivateAccessCidrs: value =>
    everyMatches(
      value,
      /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3}){2,3}\/\d{1,2}$/,
    )
      ? undefined
      : 'may list private IPv4 networks only, such as 10.7.0.0/24',
  clusterAdminRoleArns: value =>
    everyMatches(value, /^arn:aws[a-z-]*:iam::\d{12}:role\/[^*?]+$/)
      ? undefined
      : 'may list ARNs of IAM roles only (arn:aws:iam::ACCOUNT:role/NAME)',
};

function everyMatches(value: unknown, pattern: RegExp): boolean {
  return (
    Array.isArray(value) &&
    value.every(item => typeof item === 'string' && pattern.test(item))
  );
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}
