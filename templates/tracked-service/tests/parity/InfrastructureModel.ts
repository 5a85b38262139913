/**
 * What the infrastructure code creates, in terms of neither Terraform nor CloudFormation. Two programs with the same
 * model create the same infrastructure in all relevant points: reachability, sizes, scaling, protection, permissions,
 * alarms.
 *
 * A reference to another resource is written as its kind, such as `<queue>`.
 */
export interface InfrastructureModel {
  readonly network: NetworkModel;
  /** Allowed connections, such as `internet -> load-balancer tcp 443`. */
  readonly connections: readonly string[];
  readonly entry: EntryModel;
  readonly compute: ComputeModel;
  readonly scaling: readonly ScalingPolicyModel[];
  readonly database: Readonly<Record<string, Plain>>;
  readonly cache: Readonly<Record<string, Plain>> | null;
  /** What carries events, or null. */
  readonly broker: Readonly<Record<string, Plain>> | null;
  /** What processes events, or null. */
  readonly worker: Readonly<Record<string, Plain>> | null;
  readonly clients: Readonly<Record<string, Plain>> | null;
  /** What restores the declared state, or null. */
  readonly healing: HealingModel | null;
  /** The task that migrates the schema. */
  readonly migration: Readonly<Record<string, Plain>>;
  readonly buckets: readonly Readonly<Record<string, Plain>>[];
  readonly queues: readonly Readonly<Record<string, Plain>>[];
  readonly logGroups: readonly Readonly<Record<string, Plain>>[];
  readonly notifications: Readonly<Record<string, Plain>>;
  readonly alarms: readonly AlarmModel[];
  readonly roles: readonly RoleModel[];
  readonly keyRotation: boolean;
  /** `principal condition` of each statement of a key's policy. */
  readonly keyUsers: readonly string[];
  /** `kind: action resource` that a resource's own policy allows to everyone. */
  readonly publicGrants: readonly string[];
  readonly secrets: readonly Readonly<Record<string, Plain>>[];
  /** Resources that can be tagged but lack the entity's tag. */
  readonly untagged: readonly string[];
}

/** A JSON value. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** VPC and subnets. */
export interface NetworkModel {
  readonly cidr: string;
  readonly subnets: readonly SubnetModel[];
  readonly natGateways: number;
  readonly gatewayEndpoints: readonly string[];
  /** Recorded traffic, or null for none. */
  readonly flowLogs: string | null;
  /** Whether the VPC's default security group allows nothing. */
  readonly defaultGroupClosed: boolean;
}

/** One subnet. */
export interface SubnetModel {
  readonly zone: string;
  readonly cidr: string;
  readonly publicAddresses: boolean;
  /** Destination of its default route: `internet`, `nat` or `nowhere`. */
  readonly leavesTo: string;
}

/** Load balancer, listeners, health check. */
export interface EntryModel {
  readonly loadBalancer: Readonly<Record<string, Plain>>;
  readonly listeners: readonly Readonly<Record<string, Plain>>[];
  /** Rules of the listeners, in order. */
  readonly rules: readonly ListenerRuleModel[];
  readonly target: Readonly<Record<string, Plain>>;
  /** Names of the firewall's rules in order, or null without a firewall. */
  readonly firewallRules: readonly string[] | null;
  /** Names that resolve to the load balancer. */
  readonly hostNames: readonly string[];
}

/** One rule of a listener. */
export interface ListenerRuleModel {
  /** Port of its listener. */
  readonly port: number;
  readonly priority: number;
  readonly paths: readonly string[];
  /** Its other conditions, such as `Sec-Fetch-Mode: navigate` or `from 203.0.113.0/24`. */
  readonly only: readonly string[];
  readonly actions: readonly string[];
  /** The client of the identity provider, with the secret as its reference, or null. */
  readonly signIn: Readonly<Record<string, Plain>> | null;
}

/** Auto Scaling group and its launch template, ECS service and its tasks, or EKS cluster and its nodes. */
export interface ComputeModel {
  readonly group: Readonly<Record<string, Plain>>;
  readonly purchase: Readonly<Record<string, Plain>>;
  readonly replacement: Readonly<Record<string, Plain>>;
  /** A node of EKS; null for ECS on Fargate. */
  readonly instance: Readonly<Record<string, Plain>> | null;
  /** Null except for ECS. */
  readonly task: Readonly<Record<string, Plain>> | null;
  /** Null except for EKS. What runs in its pods is in the manifests. */
  readonly cluster: ClusterModel | null;
  /** Boot script with its environment; empty for ECS and EKS. */
  readonly userData: string;
}

/** A cluster of EKS. */
export interface ClusterModel {
  readonly controlPlane: Readonly<Record<string, Plain>>;
  /** Who may use its API, and as what. */
  readonly access: readonly string[];
  /** Its add-ons with their configuration. */
  readonly addOns: readonly string[];
  /** `namespace/service account` of the pods that have a role. */
  readonly podIdentities: readonly string[];
  /** Environment variables of the service's pods. */
  readonly environment: readonly string[];
}

/** A scaling policy of the group. */
export interface ScalingPolicyModel {
  readonly type: string;
  readonly adjustment: string | null;
  /** `lower..upper: change`, bounds relative to the threshold. */
  readonly steps: readonly string[];
  readonly target: number | null;
  /**
   * What target tracking keeps: a predefined metric, or an expression with `id = statistic namespace metric
   * {dimension=value}`.
   */
  readonly metric: string | null;
}

/** A CloudWatch alarm. */
export interface AlarmModel {
  readonly name: string;
  /** `namespace metric`, or the expression. */
  readonly metric: string;
  /** Names of the dimensions. */
  readonly dimensions: readonly string[];
  readonly statistic: string | null;
  readonly evaluationPeriods: number;
  readonly operator: string;
  readonly threshold: number;
  readonly missingData: string;
  /** Kinds of its actions' targets. */
  readonly actions: readonly string[];
}

/** A role with its permissions. */
export interface RoleModel {
  /** Who may assume it, with conditions. */
  readonly assumedBy: string;
  /** `effect action resource condition`, one for each action and resource. */
  readonly permissions: readonly string[];
  /** Policies of AWS that are attached. */
  readonly managedPolicies: readonly string[];
  /** ARN of the policy that says what it may do at most; empty for none. */
  readonly permissionsBoundary: string;
}

/** The function that restores what the repository declares. */
export interface HealingModel {
  readonly function: Readonly<Record<string, Plain>>;
  /** Environment variables of the function. */
  readonly environment: Readonly<Record<string, Plain>>;
  /** What starts it: schedules and patterns of events, by name. */
  readonly rules: readonly HealingRuleModel[];
  readonly declared: DeclaredModel;
}

/** A rule of EventBridge that starts the function. */
export interface HealingRuleModel {
  readonly name: string;
  readonly schedule: string | null;
  readonly pattern: Plain;
  /** Whether it has the function as target, and may invoke it. */
  readonly invokes: boolean;
}

/** The declared state, as the function reads it. */
export interface DeclaredModel {
  /** The rules of security groups, as in {@link InfrastructureModel.connections}. */
  readonly connections: readonly string[];
  readonly group: Readonly<Record<string, Plain>>;
  readonly listeners: readonly Readonly<Record<string, Plain>>[];
  readonly database: Readonly<Record<string, Plain>>;
}
