import { EntityDictionary } from '../../../plugins/cloudtrace-backend/src/ingest/dictionary/EntityDictionary';
import { JsonByteReader } from '../../../plugins/cloudtrace-backend/src/ingest/otlp/JsonByteReader';
import { ProtobufReader } from '../../../plugins/cloudtrace-backend/src/ingest/otlp/ProtobufReader';
import { scanJson } from '../../../plugins/cloudtrace-backend/src/ingest/otlp/scanJson';
import { scanProtobuf } from '../../../plugins/cloudtrace-backend/src/ingest/otlp/scanProtobuf';
import { SpanSink } from '../../../plugins/cloudtrace-backend/src/ingest/otlp/SpanSink';
import { RowBuffer } from '../../../plugins/cloudtrace-backend/src/requests/row/RowBuffer';
import { exportRequestType } from '../../../plugins/cloudtrace-backend/src/testUtils/otlp';
import { makePayload } from '../payloads';
import { count, median, type Figure } from '../report';
import type { SuiteOptions } from './types';

const SPANS = 500;
const origin = {
  entityId: 1,
  entityRef: 'component:default/x',
  environment: 'e',
};

/** Compares the scanners with generic decoders, from bytes to rows ready to send. */
export async function decoderSuite({
  reps,
  quick,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const bodiesOf = (encoding: 'protobuf' | 'json') =>
    Array.from({ length: 20 }, (_, instance) =>
      Buffer.concat(
        makePayload({ spans: SPANS, instance, encoding, gzip: false }).next(),
      ),
    );
  const protobuf = bodiesOf('protobuf');
  const json = bodiesOf('json');
  const scan = createScan();
  const rounds = quick ? 10 : 40;
  const rates: Record<string, number[]> = {};
  const time = (
    name: string,
    bodies: Buffer[],
    decode: (body: Buffer) => unknown,
  ) => {
    for (const body of bodies) {
      decode(body);
    }
    const began = performance.now();
    for (let round = 0; round < rounds; round++) {
      for (const body of bodies) {
        decode(body);
      }
    }
    const seconds = (performance.now() - began) / 1000;
    (rates[name] ??= []).push((rounds * bodies.length * SPANS) / seconds);
  };
  for (let rep = 0; rep < Math.max(reps, 3); rep++) {
    time('protobufjs', protobuf, decodeAndMap);
    time('scanner', protobuf, body => scan(body, 'protobuf'));
    time('JSON.parse', json, body => mapRequest(JSON.parse(body.toString())));
    time('JSON scanner', json, body => scan(body, 'json'));
  }
  for (const [name, values] of Object.entries(rates)) {
    log(`${name.padEnd(12)} ${count(median(values)).padStart(9)} spans/s`);
  }
  const ratio = median(rates.scanner) / median(rates.protobufjs);
  return [
    {
      what: 'decoder against protobufjs decode + map',
      value: ratio,
      unit: '×',
      floor: 4,
      goal: 6,
      higher: true,
      detail: `${count(median(rates.scanner))} spans/s; JSON scanner ${(
        median(rates['JSON scanner']) / median(rates['JSON.parse'])
      ).toFixed(1)} × JSON.parse + map`,
    },
  ];
}

/** Scans with all names known, as ingest does after the first body. */
function createScan() {
  const sink = new SpanSink();
  const rows = new RowBuffer(SPANS);
  const dictionary = new EntityDictionary();
  let id = 1;
  return (body: Buffer, encoding: 'protobuf' | 'json') => {
    const view = new DataView(body.buffer, body.byteOffset, body.length);
    for (;;) {
      rows.length = 0;
      sink.startBody({
        body,
        view,
        rows,
        origin,
        dictionary,
        limits: {
          maxSpans: 10_000,
          oldestUs: 0,
          newestUs: (Date.now() + 600_000) * 1000,
        },
      });
      if (encoding === 'protobuf') {
        scanProtobuf(
          new ProtobufReader(body, view, 1_000_000),
          body.length,
          sink,
        );
      } else {
        scanJson(new JsonByteReader(body, 1_000_000), sink);
      }
      if (sink.unknown.routes.size + sink.unknown.instances.size === 0) {
        return rows.length;
      }
      for (const key of sink.unknown.routes.keys()) {
        dictionary.learnRoutes([{ key, id: id++, overflow: false }]);
      }
      for (const key of sink.unknown.instances.keys()) {
        dictionary.learnInstances([{ key, id: id++, overflow: false }]);
      }
    }
  };
}

function decodeAndMap(body: Buffer) {
  return mapRequest(exportRequestType.decode(body));
}

/** One object per request, as a decoder that does not know COPY would build. */
function mapRequest(request: any) {
  const rows: object[] = [];
  for (const group of request.resourceSpans) {
    const instance = find(group.resource.attributes, 'service.instance.id');
    const zone = find(group.resource.attributes, 'cloud.availability_zone');
    for (const scope of group.scopeSpans) {
      for (const span of scope.spans) {
        const start = Number(span.startTimeUnixNano);
        rows.push({
          startedAt: new Date(start / 1e6).toISOString(),
          traceId: toHex(span.traceId),
          spanId: toHex(span.spanId),
          durationUs: Math.round((Number(span.endTimeUnixNano) - start) / 1000),
          instance,
          zone,
          status: Number(find(span.attributes, 'http.response.status_code')),
          route: find(span.attributes, 'http.route'),
          method: find(span.attributes, 'http.request.method'),
        });
      }
    }
  }
  return rows;
}

function toHex(id: Buffer | string): string {
  return typeof id === 'string' ? id : Buffer.from(id).toString('hex');
}

function find(attributes: any[], key: string) {
  for (const attribute of attributes) {
    if (attribute.key === key) {
      return attribute.value.stringValue || attribute.value.intValue;
    }
  }
  return undefined;
}
