import * as v from 'valibot';

const port = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(-1),
  v.maxValue(65_535),
);
const size = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * One rule of a security group, with exactly one of the four peers. `-1` is every protocol or port; a rule for every
 * protocol needs no ports.
 */
const Rule = v.pipe(
  v.strictObject({
    protocol: v.string(),
    fromPort: v.optional(port),
    toPort: v.optional(port),
    cidrIpv4: v.optional(v.string()),
    cidrIpv6: v.optional(v.string()),
    prefixListId: v.optional(v.string()),
    groupId: v.optional(v.string()),
    description: v.optional(v.string()),
  }),
  v.check(
    rule =>
      [rule.cidrIpv4, rule.cidrIpv6, rule.prefixListId, rule.groupId].filter(
        peer => peer !== undefined,
      ).length === 1,
    'a rule has exactly one of cidrIpv4, cidrIpv6, prefixListId and groupId',
  ),
);

const Listener = v.strictObject({
  arn: v.string(),
  port,
  protocol: v.picklist(['HTTP', 'HTTPS']),
  sslPolicy: v.optional(v.string()),
  certificateArn: v.optional(v.string()),
  /** Target group of the default action; without it, the listener redirects to HTTPS. */
  targetGroupArn: v.optional(v.string()),
});

const schema = v.strictObject({
  securityGroups: v.pipe(
    v.array(
      v.strictObject({
        id: v.string(),
        ingress: v.array(Rule),
        egress: v.array(Rule),
      }),
    ),
    v.minLength(1),
  ),
  group: v.strictObject({ name: v.string(), minSize: size, maxSize: size }),
  listeners: v.pipe(v.array(Listener), v.minLength(1)),
  database: v.strictObject({
    identifier: v.string(),
    publiclyAccessible: v.boolean(),
  }),
});

/**
 * What the repository declares and nobody changes by hand. Terraform or CloudFormation writes it to a parameter that this
 * function can read but not write, so that it can restore nothing else.
 */
export type DeclaredState = v.InferOutput<typeof schema>;
/** One declared rule of a security group. */
export type DeclaredRule = v.InferOutput<typeof Rule>;
/** One declared listener of the load balancer. */
export type DeclaredListener = v.InferOutput<typeof Listener>;

/** @throws Error that names the first wrong place. */
export function parseDeclaredState(text: string): DeclaredState {
  const result = v.safeParse(schema, readJson(text));
  if (!result.success) {
    const [issue] = result.issues;
    throw new Error(
      `The declared state is not valid at '${v.getDotPath(issue) ?? ''}': ${
        issue.message
      }`,
    );
  }
  return result.output;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('The declared state is not JSON', { cause: error });
  }
}
