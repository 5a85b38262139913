import type { Plain } from '../InfrastructureModel';

/** One resource of a template. */
export interface CloudFormationResource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly UpdatePolicy?: Properties;
  readonly DeletionPolicy?: string;
}

/** Properties as in the template, including intrinsic functions. */
export type Properties = { readonly [key: string]: any };

const KINDS: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'scaling-policy',
  'AWS::AutoScaling::AutoScalingGroup': 'group',
  'AWS::AutoScaling::ScalingPolicy': 'scaling-policy',
  'AWS::ElastiCache::ReplicationGroup': 'cache',
  'AWS::EC2::SecurityGroup': 'security-group',
  'AWS::EC2::VPC': 'vpc',
  'AWS::ElasticLoadBalancingV2::Listener': 'listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'load-balancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'target-group',
  'AWS::KMS::Key': 'key',
  'AWS::Logs::LogGroup': 'log-group',
  'AWS::MSK::Cluster': 'broker',
  'AWS::RDS::DBInstance': 'database',
  'AWS::S3::Bucket': 'bucket',
  'AWS::SecretsManager::Secret': 'secret',
  'AWS::SNS::Topic': 'topic',
  'AWS::SQS::Queue': 'queue',
  // Its addresses, which CloudFormation itself cannot read.
  'Custom::BrokerAddresses': 'broker',
};

/** A synthesised template with lookups by type; `<kind>` represents a reference. */
export class CloudFormationTemplate {
  readonly #resources: Readonly<Record<string, CloudFormationResource>>;
  readonly #pseudo: Readonly<Record<string, string>>;

  constructor(
    template: {
      readonly Resources: Readonly<Record<string, CloudFormationResource>>;
    },
    place: { readonly accountId: string; readonly region: string },
  ) {
    this.#resources = template.Resources;
    this.#pseudo = {
      'AWS::AccountId': place.accountId,
      'AWS::Partition': 'aws',
      'AWS::Region': place.region,
      'AWS::URLSuffix': 'amazonaws.com',
    };
  }

  /** All resources with their logical ids. */
  get resources(): readonly (readonly [string, CloudFormationResource])[] {
    return Object.entries(this.#resources);
  }

  /** All resources of a type with their logical ids. */
  entries(type: string): (readonly [string, CloudFormationResource])[] {
    return this.resources.filter(([, resource]) => resource.Type === type);
  }

  /** Properties of all resources of a type. */
  all(type: string): Properties[] {
    return this.entries(type).map(([, { Properties }]) => Properties ?? {});
  }

  /** Properties of the only resource of a type; undefined if there is none. */
  optional(type: string): Properties | undefined {
    const found = this.all(type);
    if (found.length > 1) {
      throw new Error(`${found.length} resources of type ${type}, not one`);
    }
    return found[0];
  }

  /** Properties of the only resource of a type. */
  one(type: string): Properties {
    const found = this.optional(type);
    if (!found) throw new Error(`No resource of type ${type}`);
    return found;
  }

  /** Logical id that a value refers to with `Ref` or `Fn::GetAtt`. */
  target(value: unknown): string | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    if ('Ref' in value) return String(value.Ref);
    return 'Fn::GetAtt' in value
      ? String([value['Fn::GetAtt']].flat()[0])
      : undefined;
  }

  /** Evaluates the intrinsic functions of a value, and replaces references by kinds. */
  neutral(value: unknown): Plain {
    if (Array.isArray(value)) return value.map(item => this.neutral(item));
    if (typeof value !== 'object' || value === null) {
      return (value ?? null) as Plain;
    }
    const target = this.target(value);
    if (target !== undefined) return this.#reference(target);
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map(part => this.neutral(part)).join(separator);
    }
    if ('Fn::Base64' in value) return this.neutral(value['Fn::Base64']);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.neutral(item)]),
    );
  }

  /** Type of the resource with a logical id. */
  typeOf(id: string): string | undefined {
    return this.#resources[id]?.Type;
  }

  /** A text whose parts are joined; `name` may replace a reference, and others become kinds. */
  text(value: any, name: (target: string) => string | undefined): string {
    const [, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts
      .map(part => {
        const target = this.target(part);
        return (
          (target !== undefined && name(target)) || String(this.neutral(part))
        );
      })
      .join('');
  }

  #reference(target: string): string {
    const type = this.#resources[target]?.Type;
    return this.#pseudo[target] ?? `<${KINDS[type] ?? type ?? target}>`;
  }
}
