/** AWS services that the module calls, by the name of their client here. */
export type AwsService =
  | 'autoScaling'
  | 'applicationAutoScaling'
  | 'cloudWatch'
  | 'elasticLoadBalancing'
  | 'ec2'
  | 'rds'
  | 'ecs'
  | 'tagging'
  | 'securityHub'
  | 'inspector';

/** An AWS operation that the module may use. */
export interface AwsCall<I extends object, O> {
  service: AwsService;
  /** Action that a policy must allow, e.g. `autoscaling:DescribePolicies`. */
  iamAction: string;
  /** Why the module needs it; the documentation prints this. */
  purpose: string;
  create(input: I): AwsCommand<O>;
}

/** A paginated operation. */
export interface AwsListCall<I extends object, O, T> extends AwsCall<I, O> {
  items(output: O): T[] | undefined;
  nextToken(output: O): string | undefined;
  withToken(input: I, token: string): I;
}

/** The part of an SDK command that the module uses. */
export interface AwsCommand<O> {
  readonly middlewareStack: object;
  /** Only carries the type of the response. */
  readonly outputType?: O;
}

interface CommandClass<I> {
  new (input: I): { readonly middlewareStack: object };
}

type CallInfo = Pick<AwsCall<object, unknown>, 'iamAction' | 'purpose'>;

type Paging<I, O, T> = {
  items(output: O): T[] | undefined;
} & (
  | { tokens: 'NextToken' | 'Marker' | 'nextToken' | 'PaginationToken' }
  | {
      nextToken(output: O): string | undefined;
      withToken(input: I, token: string): I;
    }
);

/** Defines operations of one service. `I` and `O` are the SDK's input and output. */
export function callsOf(service: AwsService) {
  return {
    single<I extends object, O>(
      Command: CommandClass<I>,
      info: CallInfo,
    ): AwsCall<I, O> {
      return { service, ...info, create: input => new Command(input) };
    },
    list<I extends object, O, T>(
      Command: CommandClass<I>,
      info: CallInfo & Paging<I, O, T>,
    ): AwsListCall<I, O, T> {
      const { iamAction, purpose, items } = info;
      const paging =
        'tokens' in info ? sameNamedTokens<I, O>(info.tokens) : info;
      return {
        service,
        iamAction,
        purpose,
        items,
        nextToken: paging.nextToken,
        withToken: paging.withToken,
        create: input => new Command(input),
      };
    },
  };
}

function sameNamedTokens<I extends object, O>(name: string) {
  return {
    nextToken: (output: O) =>
      (output as Record<string, string | undefined>)[name] || undefined,
    withToken: (input: I, token: string): I => ({ ...input, [name]: token }),
  };
}
