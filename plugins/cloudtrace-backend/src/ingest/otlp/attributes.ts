import {
  NUMBER_ATTRIBUTES,
  type NumberAttribute,
} from '../../requests/row/SpanNumbers';

/*
 * The attributes that ingest reads, with current and earlier names of the
 * semantic conventions. A scanner looks up the bytes of a key and gets a
 * number, 0 for irrelevant keys.
 */

/** Texts of a span that make up its route; indexes into the texts of a span. */
export const TEXT = {
  httpMethod: 0,
  httpRoute: 1,
  rpcService: 2,
  rpcMethod: 3,
  rpcSystem: 4,
  destination: 5,
  operationName: 6,
  operationType: 7,
  name: 8,
} as const;

/** Number of {@link TEXT} entries. */
export const TEXT_COUNT = 9;

/** The purpose of a span attribute. */
export interface SpanAttribute {
  /** Text that it sets, or -1. */
  text: number;
  /** Number with a column that it sets, or -1. */
  number: number;
  /** Status that it sets. */
  status: 'none' | 'rpc' | 'jsonRpcError';
  /**
   * Of several attributes for the same value, the one with the highest rank
   * counts: the newest name. An empty or unreadable attribute counts as
   * missing.
   */
  rank: number;
}

/*
 * Versions of the semantic conventions: HTTP before and since 1.23; RPC before
 * 1.39, since then, and since `rpc.status_code`; messaging before 1.17, with
 * `messaging.source.*` (1.17 to 1.20), with `messaging.operation` (to 1.25),
 * and with a type and a name of the operation since then.
 */
const spanAttributes: Record<string, SpanAttribute> = {
  // First, because nearly every span has one, and keys are tried in this order.
  ...numbers(NUMBER_ATTRIBUTES),
  'http.request.method': text(TEXT.httpMethod, 2),
  'http.method': text(TEXT.httpMethod, 1),
  'http.route': text(TEXT.httpRoute, 1),
  'rpc.service': text(TEXT.rpcService, 1),
  'rpc.method': text(TEXT.rpcMethod, 1),
  'rpc.system.name': text(TEXT.rpcSystem, 2),
  'rpc.system': text(TEXT.rpcSystem, 1),
  'rpc.status_code': status('rpc', 3),
  'rpc.response.status_code': status('rpc', 2),
  'rpc.grpc.status_code': status('rpc', 1),
  'rpc.connect_rpc.error_code': status('rpc', 1),
  'rpc.jsonrpc.error_code': status('jsonRpcError', 1),
  'messaging.source.template': text(TEXT.destination, 5),
  'messaging.destination.template': text(TEXT.destination, 4),
  'messaging.source.name': text(TEXT.destination, 3),
  'messaging.destination.name': text(TEXT.destination, 2),
  'messaging.destination': text(TEXT.destination, 1),
  'messaging.operation.name': text(TEXT.operationName, 1),
  'messaging.operation.type': text(TEXT.operationType, 2),
  'messaging.operation': text(TEXT.operationType, 1),
};

/**
 * Resource attributes that identify the instance, in order of preference. The
 * first one present identifies the instance; without any, it is `(unknown)`.
 *
 * See docs/decisions/instance-identity.md for why pods and tasks come first.
 */
export const INSTANCE_ATTRIBUTES = [
  'k8s.pod.name',
  'aws.ecs.task.arn',
  'service.instance.id',
  'faas.instance',
  'container.id',
  'host.id',
  'host.name',
] as const;

/** What {@link findResourceAttribute} returns for the ARN of an ECS task. */
export const TASK_ARN_CODE =
  INSTANCE_ATTRIBUTES.indexOf('aws.ecs.task.arn') + 1;

/** Resource attribute that identifies the zone. */
export const ZONE_ATTRIBUTE = 'cloud.availability_zone';

/** Result of {@link findResourceAttribute} for the zone. */
export const ZONE_CODE = INSTANCE_ATTRIBUTES.length + 1;

/** Span attributes by the result of {@link findSpanAttribute}; 0 is none. */
export const SPAN_ATTRIBUTES: readonly (SpanAttribute | undefined)[] = [
  undefined,
  ...Object.values(spanAttributes),
];

const findSpan = createKeyFinder(Object.keys(spanAttributes));
const findResource = createKeyFinder([...INSTANCE_ATTRIBUTES, ZONE_ATTRIBUTE]);

/** Index into {@link SPAN_ATTRIBUTES} of a key in a body; 0 for others. */
export function findSpanAttribute(
  bytes: Uint8Array,
  start: number,
  length: number,
): number {
  return findSpan(bytes, start, length);
}

/**
 * One more than the index into {@link INSTANCE_ATTRIBUTES}, or
 * {@link ZONE_CODE}; 0 for other keys.
 */
export function findResourceAttribute(
  bytes: Uint8Array,
  start: number,
  length: number,
): number {
  return findResource(bytes, start, length);
}

function text(index: number, rank: number): SpanAttribute {
  return { text: index, number: -1, status: 'none', rank };
}

function status(kind: SpanAttribute['status'], rank: number): SpanAttribute {
  return { text: -1, number: -1, status: kind, rank };
}

function numbers(
  attributes: Readonly<Record<string, NumberAttribute>>,
): Record<string, SpanAttribute> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, { number, rank }]) => [
      key,
      { text: -1, number, status: 'none', rank },
    ]),
  );
}

/**
 * Creates a function that maps bytes to one more than the index of the equal
 * key, or to 0. Few keys have the same length, so the length decides nearly
 * always.
 */
export function createKeyFinder(keys: readonly string[]) {
  const byLength: { code: number; key: Uint8Array }[][] = Array.from(
    { length: 64 },
    () => [],
  );
  keys.forEach((key, index) =>
    byLength[key.length].push({ code: index + 1, key: Buffer.from(key) }),
  );
  return (bytes: Uint8Array, start: number, length: number): number => {
    if (length >= 64) {
      return 0;
    }
    const candidates = byLength[length];
    for (let index = 0; index < candidates.length; index++) {
      const { code, key } = candidates[index];
      let offset = length - 1;
      while (offset >= 0 && key[offset] === bytes[start + offset]) {
        offset--;
      }
      if (offset < 0) {
        return code;
      }
    }
    return 0;
  };
}
