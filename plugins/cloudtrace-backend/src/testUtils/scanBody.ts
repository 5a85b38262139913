import { EntityDictionary } from '../ingest/dictionary/EntityDictionary';
import { JsonByteReader } from '../ingest/otlp/JsonByteReader';
import { ProtobufReader } from '../ingest/otlp/ProtobufReader';
import { scanJson } from '../ingest/otlp/scanJson';
import { scanProtobuf } from '../ingest/otlp/scanProtobuf';
import { SpanSink } from '../ingest/otlp/SpanSink';
import { RowBuffer } from '../requests/row/RowBuffer';
import { decodeRow } from './decodeRow';

export const NOW_US = 1_800_000_000_000_000;
export const NOW_NS = BigInt(NOW_US) * 1000n;
const LIMITS = {
  maxSpans: 1000,
  oldestUs: NOW_US - 86_400_000_000,
  newestUs: NOW_US + 600_000_000,
};
export const origin = {
  entityId: 7,
  entityRef: 'component:default/x',
  environment: 'e',
};

/** Scans a body as ingest does: a second time with ids when the names are known. */
export function scan(
  body: Buffer,
  encoding: 'protobuf' | 'json',
  maxFields = 100_000,
) {
  const sink = new SpanSink();
  const rows = new RowBuffer(LIMITS.maxSpans);
  const dictionary = new EntityDictionary();
  const routes = new Map<number, string>();
  const instances = new Map<number, { name: string; kind: string }>();
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let id = 1; ; ) {
    rows.length = 0;
    sink.startBody({ body, view, rows, origin, dictionary, limits: LIMITS });
    if (encoding === 'protobuf') {
      scanProtobuf(
        new ProtobufReader(body, view, maxFields),
        body.length,
        sink,
      );
    } else {
      scanJson(new JsonByteReader(body, maxFields), sink);
    }
    if (sink.unknown.routes.size + sink.unknown.instances.size === 0) {
      break;
    }
    for (const [key, { method, route }] of sink.unknown.routes) {
      routes.set(id, `${method}|${route}`);
      dictionary.learnRoutes([{ key, id: id++, overflow: false }]);
    }
    for (const [key, { instanceKey, zone, kind }] of sink.unknown.instances) {
      instances.set(id, { name: `${instanceKey}|${zone}`, kind });
      dictionary.learnInstances([{ key, id: id++, overflow: false }]);
    }
  }
  return {
    outcome: sink.outcome,
    fingerprint: sink.fingerprint.toUuid(),
    rows: Array.from({ length: rows.length }, (_, index) => {
      const { routeId, instanceId, ...row } = decodeRow(rows, index);
      return {
        ...row,
        route: routes.get(routeId),
        instance: instances.get(instanceId)?.name,
      };
    }),
    /** The kind of work of each row's instance. */
    instanceKinds: Array.from(
      { length: rows.length },
      (_, index) => instances.get(decodeRow(rows, index).instanceId)?.kind,
    ),
  };
}

/** A length as a protobuf varint. */
export function lengthOf(length: number): number[] {
  return length < 128
    ? [length]
    : [(length & 127) | 128, ...lengthOf(length >> 7)];
}
