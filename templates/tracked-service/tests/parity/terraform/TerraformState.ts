/** A value of a state, in which all values are known. */
export type StateValue =
  | null
  | boolean
  | number
  | string
  | StateValue[]
  | { [key: string]: StateValue };

/** An object in a state: a resource, a block. */
export type StateObject = { [key: string]: StateValue };

/** One resource of a state: its address and values. */
export interface TerraformResource {
  readonly address: string;
  readonly type: string;
  readonly values: StateObject;
}

interface StateModule {
  readonly resources?: readonly (TerraformResource & {
    readonly mode: string;
  })[];
  readonly child_modules?: readonly StateModule[];
}

const KINDS: Readonly<Record<string, string>> = {
  // Its outputs are the secrets that only CloudFormation can generate.
  aws_cloudformation_stack: 'secret',
  aws_autoscaling_group: 'group',
  aws_appautoscaling_policy: 'scaling-policy',
  aws_autoscaling_policy: 'scaling-policy',
  aws_cloudwatch_log_group: 'log-group',
  aws_db_instance: 'database',
  aws_elasticache_replication_group: 'cache',
  aws_kms_key: 'key',
  aws_msk_cluster: 'broker',
  aws_lb: 'load-balancer',
  aws_lb_listener: 'listener',
  aws_lb_target_group: 'target-group',
  aws_s3_bucket: 'bucket',
  aws_secretsmanager_secret: 'secret',
  aws_security_group: 'security-group',
  aws_sns_topic: 'topic',
  aws_sqs_queue: 'queue',
  aws_vpc: 'vpc',
};

/** An applied state (`terraform show -json`) with lookups by type. */
export class TerraformState {
  readonly #resources: readonly TerraformResource[];

  constructor(json: string) {
    const state = JSON.parse(json) as { values: { root_module: StateModule } };
    this.#resources = flatten(state.values.root_module);
  }

  /** All managed resources. */
  get resources(): readonly TerraformResource[] {
    return this.#resources;
  }

  /** Values of all resources of a type. */
  all(type: string): StateObject[] {
    return this.#resources
      .filter(resource => resource.type === type)
      .map(({ values }) => values);
  }

  /** Values of the only resource of a type; undefined if there is none. */
  optional(type: string): StateObject | undefined {
    const found = this.all(type);
    if (found.length > 1) {
      throw new Error(`${found.length} resources of type ${type}, not one`);
    }
    return found[0];
  }

  /** Values of the only resource of a type. */
  one(type: string): StateObject {
    const found = this.optional(type);
    if (!found) throw new Error(`No resource of type ${type}`);
    return found;
  }
}

/** Properties of the resources of a type that a stack of CloudFormation creates, by their ids. */
export function stackResources(
  state: TerraformState,
  type: string,
): [string, StateObject][] {
  return state
    .all('aws_cloudformation_stack')
    .flatMap(stack =>
      Object.entries(
        (JSON.parse(String(stack.template_body)) as StackTemplate).Resources,
      ),
    )
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties }]) => [id, Properties]);
}

interface StackTemplate {
  readonly Resources: Readonly<
    Record<string, { Type: string; Properties: StateObject }>
  >;
}

function flatten(module: StateModule): TerraformResource[] {
  return [
    ...(module.resources ?? []).filter(({ mode }) => mode === 'managed'),
    ...(module.child_modules ?? []).flatMap(flatten),
  ];
}

/** A text in which the kind of a resource replaces its invented identifiers. */
export function neutral(text: string): string {
  const kind = (_whole: string, type: string) => `<${KINDS[type] ?? type}>`;
  return text
    .replace(/arn:aws:stand-in::\d+:(aws_\w+)\/\d+\/\w+/g, kind)
    .replace(/\b(aws_[a-z0-9_]+)-\d+-[a-z_]+/g, kind);
}

/** A JSON document in a string, with neutral references. */
export function neutralJson(text: StateValue): unknown {
  return JSON.parse(neutral(String(text)));
}

/** The only nested block of a name, or undefined. */
export function block(values: StateObject, name: string): StateObject {
  const [first] = blocks(values, name);
  if (!first) throw new Error(`No block ${name}`);
  return first;
}

/** All nested blocks of a name. */
export function blocks(values: StateObject, name: string): StateObject[] {
  return [(values[name] ?? []) as StateObject | StateObject[]].flat();
}
