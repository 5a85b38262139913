import {
  otlpJson,
  otlpProtobuf,
  testId,
  type TestAttributes,
  type TestSpan,
} from '../../testUtils/otlp';
import { NOW_NS, scan } from '../../testUtils/scanBody';

/*
 * Tests reading the attributes of every version of the semantic conventions,
 * and of spans that carry two of them (`http/dup`, `rpc/dup`, or a library and
 * a wrapper around it).
 */

const SERVER = 2;
const CONSUMER = 5;

function read(span: TestSpan) {
  const sent = [
    {
      spans: [
        { startNs: NOW_NS, traceId: testId(32), spanId: testId(16), ...span },
      ],
    },
  ];
  const fromProtobuf = scan(otlpProtobuf(sent), 'protobuf');
  expect(scan(otlpJson(sent), 'json')).toEqual(fromProtobuf);
  const { rows, outcome } = fromProtobuf;
  if (rows.length === 0) {
    return outcome.ignored === 1 ? 'ignored' : outcome;
  }
  const [{ route, status, flags }] = rows;
  return `${route} ${status}${flags % 2 === 1 ? ' error' : ''}`;
}

describe('HTTP conventions', () => {
  it.each<[string, string, TestAttributes, string]>([
    [
      'before 1.23',
      'HTTP GET',
      { 'http.method': 'GET', 'http.route': '/a', 'http.status_code': 500 },
      'GET|/a 500 error',
    ],
    [
      'since 1.23',
      'GET /a',
      {
        'http.request.method': 'GET',
        'http.route': '/a',
        'http.response.status_code': 404,
      },
      'GET|/a 404',
    ],
    [
      'both: the newer name counts',
      'GET /a',
      {
        'http.response.status_code': 404,
        'http.status_code': 500,
        'http.request.method': 'GET',
        'http.method': 'OLD',
        'http.route': '/a',
      },
      'GET|/a 404',
    ],
    [
      'both, the newer status is no number',
      '',
      {
        'http.route': '/a',
        'http.status_code': 500,
        'http.response.status_code': 'none',
      },
      '|/a 500 error',
    ],
    [
      'both, the newer status is out of range',
      '',
      {
        'http.route': '/a',
        'http.response.status_code': 70000,
        'http.status_code': 500,
      },
      '|/a 500 error',
    ],
    [
      'both, the newer method is empty',
      '',
      {
        'http.request.method': '',
        'http.method': 'PUT',
        'http.route': '/a',
      },
      'PUT|/a 0',
    ],
    [
      'status as text',
      '',
      { 'http.route': '/a', 'http.status_code': '503' },
      '|/a 503 error',
    ],
    [
      'empty route',
      'GET /a',
      { 'http.request.method': 'GET', 'http.route': '' },
      'GET|/a 0',
    ],
    [
      'first name without route',
      'HTTP GET',
      { 'http.method': 'GET' },
      'GET|(unknown) 0',
    ],
    [
      'today’s name without route',
      'GET',
      { 'http.request.method': 'GET' },
      'GET|(unknown) 0',
    ],
    [
      'name of a method that is unknown',
      'HTTP /a',
      { 'http.request.method': '_OTHER' },
      '_OTHER|/a 0',
    ],
    [
      'name that is the route',
      '/a/{id}',
      { 'http.method': 'GET' },
      'GET|/a/{id} 0',
    ],
  ])('%s', (_, name, attributes, expected) => {
    expect(read({ kind: SERVER, name, attributes })).toBe(expected);
  });
});

describe('RPC conventions', () => {
  const old = {
    'rpc.system': 'grpc',
    'rpc.service': 'shop.Cart',
    'rpc.method': 'Add',
  };
  const today = { 'rpc.system.name': 'grpc', 'rpc.method': 'shop.Cart/Add' };
  it.each<[string, TestAttributes, string]>([
    ['before 1.39', old, 'grpc|shop.Cart/Add 0'],
    ['since 1.39', today, 'grpc|shop.Cart/Add 0'],
    [
      'both, each with its method',
      { ...old, ...today },
      'grpc|shop.Cart/Add 0',
    ],
    [
      'old service beside the full name',
      { ...today, 'rpc.service': 'shop.Cart' },
      'grpc|shop.Cart/Add 0',
    ],
    [
      'short service beside the full name',
      { ...today, 'rpc.service': 'Cart' },
      'grpc|shop.Cart/Add 0',
    ],
    [
      'full name with a slash before it',
      { 'rpc.system': 'grpc', 'rpc.method': '/shop.Cart/Add' },
      'grpc|shop.Cart/Add 0',
    ],
    [
      'a method that has a slash of its own',
      {
        'rpc.system': 'jsonrpc',
        'rpc.service': 'mcp',
        'rpc.method': 'tools/call',
      },
      'jsonrpc|mcp/tools/call 0',
    ],
    [
      'both systems',
      {
        ...today,
        'rpc.system': 'connect_rpc',
        'rpc.system.name': 'connectrpc',
      },
      'connectrpc|shop.Cart/Add 0',
    ],
    ['service alone', { 'rpc.service': 'shop.Cart' }, '|shop.Cart 0'],
    ['method alone', { 'rpc.method': 'Add' }, '|Add 0'],
    ['system alone', { 'rpc.system': 'grpc' }, 'grpc|span name 0'],
    [
      'method that is unknown',
      { ...today, 'rpc.method': '_OTHER' },
      'grpc|_OTHER 0',
    ],
  ])('route: %s', (_, attributes, expected) => {
    expect(read({ kind: SERVER, name: 'span name', attributes })).toBe(
      expected,
    );
  });

  const ERRORS = [
    ['UNKNOWN', 2],
    ['DEADLINE_EXCEEDED', 4],
    ['UNIMPLEMENTED', 12],
    ['INTERNAL', 13],
    ['UNAVAILABLE', 14],
    ['DATA_LOSS', 15],
  ] as const;
  const NO_ERRORS = [
    ['OK', 0],
    ['CANCELLED', 1],
    ['INVALID_ARGUMENT', 3],
    ['NOT_FOUND', 5],
    ['ALREADY_EXISTS', 6],
    ['PERMISSION_DENIED', 7],
    ['RESOURCE_EXHAUSTED', 8],
    ['FAILED_PRECONDITION', 9],
    ['ABORTED', 10],
    ['OUT_OF_RANGE', 11],
    ['UNAUTHENTICATED', 16],
  ] as const;
  const readStatus = (attributes: TestAttributes) =>
    read({ kind: SERVER, attributes: { ...today, ...attributes } }) ===
    'grpc|shop.Cart/Add 0 error';

  it.each([
    ...ERRORS.map(([name, code]) => [name, code, true] as const),
    ...NO_ERRORS.map(([name, code]) => [name, code, false] as const),
  ])('status: %s is error %# in every version', (name, code, failed) => {
    const camel = name
      .toLowerCase()
      .replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());
    for (const attributes of [
      { 'rpc.grpc.status_code': code },
      { 'rpc.grpc.status_code': String(code) },
      { 'rpc.response.status_code': name },
      { 'rpc.response.status_code': code },
      { 'rpc.response.status_code': camel },
      { 'rpc.status_code': name },
      { 'rpc.status_code': String(code) },
      { 'rpc.status_code': name, 'rpc.response.status_code': name },
      { 'rpc.connect_rpc.error_code': name.toLowerCase() },
    ] as TestAttributes[]) {
      expect([attributes, readStatus(attributes)]).toEqual([
        attributes,
        failed,
      ]);
    }
  });

  it.each<[string, TestAttributes, boolean]>([
    [
      'the newer name counts',
      { 'rpc.response.status_code': 'OK', 'rpc.grpc.status_code': 13 },
      false,
    ],
    [
      'the newest name counts',
      {
        'rpc.status_code': 'UNAVAILABLE',
        'rpc.response.status_code': 'OK',
        'rpc.grpc.status_code': 0,
      },
      true,
    ],
    [
      'the order in the span does not matter',
      { 'rpc.grpc.status_code': 0, 'rpc.response.status_code': 'INTERNAL' },
      true,
    ],
    [
      'a newer one that is no status does not hide the older',
      { 'rpc.response.status_code': 'strange', 'rpc.grpc.status_code': 14 },
      true,
    ],
    [
      'an empty newer one does not hide the older',
      { 'rpc.status_code': '', 'rpc.grpc.status_code': 14 },
      true,
    ],
    [
      'a number beyond the codes is none',
      { 'rpc.status_code': 500, 'rpc.grpc.status_code': 0 },
      false,
    ],
    ['Dubbo 2', { 'rpc.status_code': 'SERVER_TIMEOUT' }, true],
    ['Dubbo 2, the client', { 'rpc.status_code': 'BAD_REQUEST' }, false],
    ['JSON-RPC', { 'rpc.status_code': '-32603' }, true],
    ['JSON-RPC, no error', { 'rpc.status_code': 'OK' }, false],
    ['JSON-RPC as it was', { 'rpc.jsonrpc.error_code': -32603 }, true],
    ['JSON-RPC, of the application', { 'rpc.jsonrpc.error_code': 1 }, true],
  ])('status: %s', (_, attributes, failed) => {
    expect(readStatus(attributes)).toBe(failed);
  });
});

describe('messaging conventions', () => {
  it.each<[string, TestAttributes, string]>([
    [
      'before 1.17',
      { 'messaging.destination': 'orders', 'messaging.operation': 'process' },
      'process|orders 0',
    ],
    [
      '1.17 to 1.20',
      { 'messaging.source.name': 'orders', 'messaging.operation': 'process' },
      'process|orders 0',
    ],
    [
      '1.17 to 1.20, with where it was published',
      {
        'messaging.source.name': 'queue',
        'messaging.destination.name': 'topic',
        'messaging.operation': 'process',
      },
      'process|queue 0',
    ],
    [
      '1.21 to 1.25',
      {
        'messaging.destination.name': 'orders.7',
        'messaging.destination.template': 'orders.{id}',
        'messaging.operation': 'deliver',
      },
      'deliver|orders.{id} 0',
    ],
    [
      'since 1.26',
      {
        'messaging.destination.name': 'orders',
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'consume',
      },
      'consume|orders 0',
    ],
    [
      'both',
      {
        'messaging.destination': 'old',
        'messaging.destination.name': 'orders',
        'messaging.operation': 'receive',
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'process',
      },
      'process|orders 0',
    ],
    [
      'an empty name does not hide the type',
      {
        'messaging.destination.name': 'orders',
        'messaging.operation.name': '',
        'messaging.operation.type': 'process',
      },
      'process|orders 0',
    ],
    [
      'an empty template does not hide the name',
      {
        'messaging.destination.template': '',
        'messaging.destination.name': 'orders',
      },
      '|orders 0',
    ],
    [
      'operation alone',
      { 'messaging.operation': 'process' },
      'process|(unknown) 0',
    ],
    ['destination alone', { 'messaging.destination.name': 'q' }, '|q 0'],
    ['none of them', {}, '|span name 0'],
  ])('route: %s', (_, attributes, expected) => {
    expect(read({ kind: CONSUMER, name: 'span name', attributes })).toBe(
      expected,
    );
  });

  const counts = (attributes: TestAttributes) =>
    read({
      kind: CONSUMER,
      attributes: { 'messaging.destination.name': 'q', ...attributes },
    }) !== 'ignored';

  it.each([
    ['process', true],
    ['deliver', true],
    ['receive', false],
    ['settle', false],
    ['create', false],
    ['send', false],
    ['publish', false],
  ])('the type %s counts as a request: %s', (type, expected) => {
    expect(counts({ 'messaging.operation.type': type })).toBe(expected);
    expect(counts({ 'messaging.operation': type })).toBe(expected);
    // The type decides, regardless of the system's name for the operation.
    expect(
      counts({
        'messaging.operation.type': type,
        'messaging.operation.name': expected ? 'receive' : 'process',
      }),
    ).toBe(expected);
    expect(
      counts({
        'messaging.operation.type': type,
        'messaging.operation': expected ? 'receive' : 'process',
      }),
    ).toBe(expected);
  });

  it.each([
    ['process', true],
    ['consume', true],
    ['handle', true],
    ['subscribe', true],
    ['receive', false],
    ['poll', false],
    ['peek', false],
    ['receive_deferred', false],
    ['ack', false],
    ['nack', false],
    ['modack', false],
    ['settle', false],
    ['commit', false],
    ['checkpoint', false],
    ['complete', false],
    ['abandon', false],
    ['dead_letter', false],
  ])('the name %s without a type counts as a request: %s', (name, expected) => {
    expect(counts({ 'messaging.operation.name': name })).toBe(expected);
  });

  it('of a server always count', () => {
    expect(
      read({
        kind: SERVER,
        attributes: {
          'messaging.operation.type': 'receive',
          'messaging.destination.name': 'q',
        },
      }),
    ).toBe('receive|q 0');
  });
});

describe('credentials, query and fragment', () => {
  it.each<[string, TestAttributes, string]>([
    ['GET /a?token=x', { 'http.request.method': 'GET' }, 'GET|/a 0'],
    ['GET /a#token=x', { 'http.method': 'GET' }, 'GET|/a 0'],
    ['/a/b?x#y', { 'http.method': 'GET' }, 'GET|/a/b 0'],
    ['HTTP GET /a?x=1', { 'http.method': 'GET' }, 'GET|/a 0'],
    ['GET /a?token=x', {}, '|GET /a 0'],
    ['/a?token=x', {}, '|/a 0'],
    ['https://shop/a?token=x#y', {}, '|https://shop/a 0'],
    ['https://me:secret@shop/a', {}, '|https://shop/a 0'],
    ['page?token=x\ny', {}, '|page 0'],
    ['shop.Cart/Add?token=x', { 'rpc.system': 'grpc' }, 'grpc|shop.Cart/Add 0'],
    // Not a path: the rest is part of the name.
    [
      'OrdersController#show',
      { 'http.method': 'GET' },
      'GET|OrdersController#show 0',
    ],
    ['ready?', {}, '|ready? 0'],
    // A template may have both.
    [
      'GET',
      { 'http.request.method': 'GET', 'http.route': '/a/:id?' },
      'GET|/a/:id? 0',
    ],
  ])('of the name %p are dropped', (name, attributes, expected) => {
    expect(read({ kind: SERVER, name, attributes })).toBe(expected);
  });

  it('are dropped even if the name has escapes', () => {
    expect(
      read({
        kind: SERVER,
        name: 'GET /ü"?token=x',
        attributes: { 'http.request.method': 'GET' },
      }),
    ).toBe('GET|/ü" 0');
  });
});
