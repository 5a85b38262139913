import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { countFindings } from './countFindings.mjs';
import { countRequests } from './countRequests.mjs';
import { describeOutcome, summarize } from './describeOutcome.mjs';

const demo = (round, name) =>
  readFile(
    fileURLToPath(
      new URL(`../demoScans/round${round}/${name}`, import.meta.url),
    ),
    'utf8',
  );

test('counts the SARIF results that are findings', async () => {
  const results = [
    { ruleId: 'a' },
    { ruleId: 'a', kind: 'pass' },
    { ruleId: 'b', kind: 'review' },
    { ruleId: 'c', baselineState: 'absent' },
  ];
  assert.equal(
    countFindings('sarif', JSON.stringify({ runs: [{ results }, {}] })),
    2,
  );
  assert.ok(countFindings('sarif', await demo(1, 'eslint.sarif')) > 0);
});

test('counts equal SARIF results once, regardless of their lines', () => {
  const at = (startLine, text) => ({
    ruleId: 'a',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a.js' },
          region: { startLine, snippet: { text } },
        },
      },
    ],
  });
  const results = [at(1, 'eval(x)'), at(9, ' eval(x)'), at(9, 'eval(y)')];
  assert.equal(
    countFindings('sarif', JSON.stringify({ runs: [{ results }] })),
    2,
  );
});

test('counts results in one file once if the run does not define their bases', () => {
  const results = ['A', 'B'].map(uriBaseId => ({
    ruleId: 'a',
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'a.js', uriBaseId } } },
    ],
  }));
  const count = originalUriBaseIds =>
    countFindings(
      'sarif',
      JSON.stringify({ runs: [{ results, originalUriBaseIds }] }),
    );
  assert.equal(count(), 1);
  assert.equal(count({ A: { uri: 'src/' }, B: { uri: 'lib/' } }), 2);
});

test('distinguishes files in archives from files beside them', () => {
  const at = artifactLocation => ({
    ruleId: 'a',
    locations: [{ physicalLocation: { artifactLocation } }],
  });
  const run = {
    artifacts: [
      { location: { uri: 'one.zip' } },
      { location: { uri: '/a.js' }, parentIndex: 0 },
    ],
    results: [
      at({ uri: 'a.js' }),
      at({ uri: '/a.js' }),
      at({ uri: '/a.js', index: 1 }),
    ],
  };
  assert.equal(countFindings('sarif', JSON.stringify({ runs: [run] })), 2);
});

test('counts a vulnerability of a package once, regardless of the dependency path', () => {
  const vulnerabilities = ['a', 'b'].map(from => ({
    id: 'X',
    packageName: 'p',
    from: [from],
  }));
  assert.equal(countFindings('snyk', JSON.stringify([{ vulnerabilities }])), 1);
});

test('counts nothing in a file that it cannot read', () => {
  assert.equal(countFindings('sarif', '{'), undefined);
  assert.equal(countFindings('other', '{}'), undefined);
});

test('counts server spans and consumer spans that process messages', () => {
  const consumer = operation => ({
    kind: 'SPAN_KIND_CONSUMER',
    startTimeUnixNano: '2000000',
    attributes: [
      { key: 'messaging.operation.type', value: { stringValue: operation } },
    ],
  });
  const spans = [
    { kind: 2, startTimeUnixNano: '1000000' },
    { kind: 3 },
    consumer('process'),
    consumer('receive'),
  ];
  assert.deepEqual(
    countRequests(
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    ),
    { requests: 2, fromMs: 1, toMs: 3 },
  );
});

test('distinguishes differences from what a limit left out', () => {
  const rows = [
    { file: 'a', status: 201, counted: 9, stored: 9 },
    { file: 'b', status: 201, counted: 9, stored: 5, left: 4 },
    { file: 'c', status: 201, counted: 9, stored: 8 },
    { file: 'd', status: 400, counted: 9, stored: 0 },
    { file: 'e', status: 503, counted: 9, stored: 0 },
    { file: 'f', status: 201, stored: 1 },
  ].map(describeOutcome);
  assert.deepEqual(summarize(rows), {
    files: 6,
    accepted: 4,
    rejected: 1,
    '5xx': 1,
    different: 1,
  });
});
