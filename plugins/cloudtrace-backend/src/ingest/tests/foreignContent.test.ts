import { emptyOutcome } from '../types';
import { encodeExportResponse } from '../otlp/encodeAnswer';
import {
  decodeExportResponse,
  httpSpan,
  otlpJson,
  otlpProtobuf,
  otlpRequest,
} from '../../testUtils/otlp';
import { lengthOf, NOW_NS, scan } from '../../testUtils/scanBody';

const field = (number: number, bytes: Uint8Array) =>
  Buffer.concat([
    Buffer.from(lengthOf(number * 8 + 2)),
    Buffer.from(lengthOf(bytes.length)),
    bytes,
  ]);
const json = (body: object) => Buffer.from(JSON.stringify(body));
const request = () => otlpRequest([{ spans: [httpSpan({ startNs: NOW_NS })] }]);

/** A ResourceSpans from senders of OTLP 0.9: field 1000 instead of 2. */
function oldProtobuf(): Buffer {
  return field(1, field(1000, field(2, Buffer.alloc(20))));
}

/** An ExportMetricsServiceRequest: one gauge, with name, description and unit. */
function metricsProtobuf(): Buffer {
  const metric = Buffer.concat([
    field(1, Buffer.from('cpu')),
    field(2, Buffer.from('how busy it is')),
    field(3, Buffer.from('1')),
    field(5, Buffer.alloc(0)),
  ]);
  return field(1, field(2, field(2, metric)));
}

describe('a body with content that is not read', () => {
  it.each([
    ['metrics', json({ resourceMetrics: [{}] }), 'json', /resourceMetrics/],
    ['logs', json({ resourceLogs: [{}] }), 'json', /resourceLogs/],
    ['metrics', metricsProtobuf(), 'protobuf', /may be metrics or logs/],
    [
      'instrumentationLibrarySpans',
      json({ resourceSpans: [{ instrumentationLibrarySpans: [{}] }] }),
      'json',
      /upgrade the sender/,
    ],
    [
      'instrumentationLibrarySpans',
      oldProtobuf(),
      'protobuf',
      /upgrade the sender/,
    ],
  ] as const)(
    'is accepted with a warning and without rejections: %s',
    (_, body, encoding, expected) => {
      const { outcome } = scan(body, encoding);
      expect(outcome.stored).toBe(0);
      const answer = JSON.parse(
        encodeExportResponse(outcome, 'json').toString(),
      );
      expect(answer.partialSuccess.rejectedSpans).toBe('0');
      expect(answer.partialSuccess.errorMessage).toMatch(expected);
      expect(
        decodeExportResponse(encodeExportResponse(outcome, 'protobuf')),
      ).toEqual({
        partialSuccess: expect.objectContaining({
          errorMessage: answer.partialSuccess.errorMessage,
        }),
      });
    },
  );

  it('still has its spans stored', () => {
    const body = request() as any;
    body.resourceSpans[0].instrumentationLibrarySpans = [{}];
    body.resourceMetrics = [];
    const { outcome } = scan(json(body), 'json');
    expect(outcome).toMatchObject({
      stored: 1,
      foreign: { metrics: 1, oldLibrarySpans: 1 },
    });
  });

  it('adds the warning to rejections', () => {
    const outcome = emptyOutcome();
    outcome.rejected['too-old'] = 2;
    outcome.foreign.metrics = 1;
    const { partialSuccess } = JSON.parse(
      encodeExportResponse(outcome, 'json').toString(),
    );
    expect(partialSuccess.rejectedSpans).toBe('2');
    expect(partialSuccess.errorMessage).toMatch(/^2 × .*; resourceMetrics/);
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'protobuf'],
    ['no spans', json({ resourceSpans: [] }), 'json'],
    ['{}', json({}), 'json'],
    [
      'spans that are no requests',
      otlpProtobuf([{ spans: [{ kind: 3, startNs: NOW_NS }] }]),
      'protobuf',
    ],
    [
      'spans that are no requests',
      otlpJson([{ spans: [{ kind: 0, startNs: NOW_NS }] }]),
      'json',
    ],
  ] as const)('does not include %s', (_, body, encoding) => {
    const { outcome } = scan(body, encoding);
    expect(encodeExportResponse(outcome, encoding).toString()).toBe(
      encoding === 'json' ? '{}' : '',
    );
  });
});
