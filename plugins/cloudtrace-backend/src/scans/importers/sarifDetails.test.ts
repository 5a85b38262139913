import { sarifImporter } from './sarif';

const parse = (run: object, ...results: object[]) => {
  const { tool = { driver: { name: 'demo' } }, ...more } = run as {
    tool?: object;
  };
  const [scan] = sarifImporter.parse(
    JSON.parse(
      JSON.stringify({
        version: '2.1.0',
        runs: [
          {
            tool,
            results: results.map(item => ({ message: { text: 'x' }, ...item })),
            ...more,
          },
        ],
      }),
    ),
  );
  return scan.findings;
};
const at = (artifactLocation: object) => ({
  locations: [{ physicalLocation: { artifactLocation } }],
});
const pathsOf = (run: object, artifactLocation: object) =>
  parse(run, at(artifactLocation))[0].occurrences.map(o => o.location?.path);

describe('the location of a SARIF result', () => {
  const bases = {
    originalUriBaseIds: {
      REPO: { uri: 'file:///home/ci/shop/' },
      WEB: { uri: 'packages/web', uriBaseId: 'REPO' },
      SRC: { uri: 'src/', uriBaseId: 'WEB' },
      API: { uri: 'file:///home/ci/shop/api/' },
      LOOP: { uri: 'loop/', uriBaseId: 'LOOP' },
      PAGE: { uri: 'https://git.example/acme/shop/' },
      PARTS: { uri: 'parts/' },
    },
  };

  it.each([
    [{ uri: 'a.js', uriBaseId: 'REPO' }, 'a.js'],
    [{ uri: 'a.js', uriBaseId: 'SRC' }, 'packages/web/src/a.js'],
    [{ uri: 'a.js', uriBaseId: 'API' }, 'api/a.js'],
    [{ uri: 'file:///home/ci/shop/api/a.js' }, 'api/a.js'],
    [{ uri: 'a.js', uriBaseId: 'PARTS' }, 'parts/a.js'],
    [{ uri: 'a.js', uriBaseId: 'PAGE' }, 'a.js'],
    [{ uri: 'a.js', uriBaseId: 'UNKNOWN' }, 'a.js'],
    [{ uri: 'src/a.js#L10-L12' }, 'src/a.js'],
    [{ uri: 'openapi.yaml#/paths/~1a' }, 'openapi.yaml'],
    [{ uri: 'C#/Program.cs' }, 'C#/Program.cs'],
    [{ uri: 'a%23b.js' }, 'a#b.js'],
  ])('resolves %j to %s', (location, path) => {
    expect(pathsOf(bases, location)).toEqual([path]);
  });

  it('ends bases that refer to each other', () => {
    expect(pathsOf(bases, { uri: 'a.js', uriBaseId: 'LOOP' })).toEqual([
      expect.stringMatching(/loop\/a\.js$/),
    ]);
  });

  it('reads artifacts by their index, with their own base', () => {
    const run = {
      ...bases,
      artifacts: [
        { location: { uri: 'a.js' } },
        { location: { uri: 'b.js', uriBaseId: 'WEB' } },
      ],
    };
    expect(pathsOf(run, { index: 0 })).toEqual(['a.js']);
    expect(pathsOf(run, { index: 1 })).toEqual(['packages/web/b.js']);
    expect(pathsOf(run, { index: 7 })).toEqual([]);
  });

  it('reads files in archives below the archive', () => {
    const run = {
      artifacts: [
        { location: { uri: 'dist/one.zip' } },
        { location: { uri: '/two.zip' }, parentIndex: 0 },
        { location: { uri: '/file.txt' }, parentIndex: 1 },
        { location: { uri: '/file.txt' }, parentIndex: 0 },
        { location: { uri: 'loop.zip' }, parentIndex: 4 },
      ],
    };
    expect(pathsOf(run, { index: 2 })).toEqual([
      'dist/one.zip/two.zip/file.txt',
    ]);
    expect(pathsOf(run, { uri: '/file.txt', index: 3 })).toEqual([
      'dist/one.zip/file.txt',
    ]);
    expect(pathsOf(run, { uri: 'file.txt' })).toEqual(['file.txt']);
    expect(pathsOf(run, { index: 4 })).toEqual([
      expect.stringMatching(/^loop\.zip\/.*loop\.zip$/),
    ]);
  });

  it.each(['no file associated with this alert', 'NO_FILE', 'unknown', 'n/a'])(
    'is undefined for %j',
    uri => {
      expect(pathsOf({}, { uri })).toEqual([]);
    },
  );

  it('reads logical locations, including those of the run', () => {
    const run = { logicalLocations: [{ fullyQualifiedName: 'shop.Cart.add' }] };
    const findings = parse(
      run,
      { locations: [{ logicalLocations: [{ index: 0 }] }] },
      { locations: [{ logicalLocations: [{ name: 'bucket' }] }] },
      at({ uri: 'https://shop.example/cart?token=secret' }),
    );
    expect(findings.map(f => f.occurrences[0].target)).toEqual([
      'shop.Cart.add',
      'bucket',
      'https://shop.example/cart',
    ]);
  });

  it('keeps every location', () => {
    const [finding] = parse(
      {},
      {
        locations: [
          ...at({ uri: 'a' }).locations,
          ...at({ uri: 'b' }).locations,
        ],
      },
    );
    expect(finding.occurrences).toMatchObject([
      { location: { path: 'a' } },
      { location: { path: 'b' } },
    ]);
  });
});

describe('the rule of a SARIF result', () => {
  const rule = (id: string, title: string, more: object = {}) => ({
    id,
    shortDescription: { text: title },
    ...more,
  });
  const tool = {
    driver: {
      name: 'demo',
      rules: [
        rule('a', 'driver a', { properties: { 'security-severity': '9.8' } }),
        rule('b', 'driver b', { defaultConfiguration: { level: 'note' } }),
      ],
    },
    extensions: [
      { name: 'one', guid: 'g-1', rules: [rule('a', 'one a')] },
      {
        name: 'two',
        guid: 'g-2',
        rules: [rule('c', 'two c', { guid: 'r-c' }), rule('a', 'two a')],
      },
    ],
  };

  it.each([
    [{ ruleId: 'b', ruleIndex: 0 }, 'driver b', 'low'],
    [{ ruleId: 'zzz', ruleIndex: 0 }, 'x', 'medium'],
    [{ ruleId: 'a/1', ruleIndex: 0 }, 'driver a', 'critical'],
    [{ ruleId: 'a/1/2' }, 'driver a', 'critical'],
    [{ ruleIndex: 1 }, 'driver b', 'low'],
    [{ rule: { index: 0, toolComponent: { index: 0 } } }, 'one a', 'medium'],
    [{ rule: { id: 'a', toolComponent: { guid: 'g-2' } } }, 'two a', 'medium'],
    [{ rule: { index: 0, toolComponent: { name: 'two' } } }, 'two c', 'medium'],
    [{ rule: { guid: 'r-c' } }, 'two c', 'medium'],
    [
      { ruleId: 'c', rule: { toolComponent: { name: 'one' } } },
      'two c',
      'medium',
    ],
  ])('is found by %j', (result, title, severity) => {
    expect(parse({ tool }, result)).toMatchObject([{ title, severity }]);
  });

  it('has the level from the configuration of the run', () => {
    const override = (descriptor: object, level: string) => ({
      descriptor,
      configuration: { level },
    });
    const run = {
      tool,
      invocations: [
        { ruleConfigurationOverrides: [override({ id: 'a' }, 'note')] },
        { ruleConfigurationOverrides: [override({ index: 1 }, 'error')] },
      ],
    };
    const severities = parse(
      run,
      { ruleId: 'a' },
      { ruleId: 'b' },
      { ruleId: 'b', provenance: { invocationIndex: 1 } },
      { ruleId: 'b', level: 'warning', provenance: { invocationIndex: 1 } },
    ).map(({ severity }) => severity);
    expect(severities).toEqual(['low', 'low', 'high', 'medium']);
  });
});

describe('the message of a SARIF result', () => {
  it.each([
    [{ text: 'uses [input](1) here' }, 'uses input here'],
    [
      { text: 'see [docs](https://x.example/a)' },
      'see docs (https://x.example/a)',
    ],
    [{ text: 'a \\[b\\] c' }, 'a [b] c'],
    [{ text: 'literal {{0}}' }, 'literal {0}'],
    [{ text: '{{ value | safe }}' }, '{{ value | safe }}'],
    [{ text: '{0} of {{0}}', arguments: ['one'] }, 'one of {0}'],
    [{ text: '{0} {1}', arguments: ['[x](1)'] }, '[x](1) {1}'],
  ])('reads %j as %s', (message, title) => {
    expect(parse({}, { message })).toMatchObject([{ title }]);
  });
});

describe('the package of a SARIF result', () => {
  const vulnerability = (message: string, more: object = {}, uri = 'x') => ({
    ruleId: 'CVE-2021-44906',
    message: { text: message },
    ...at({ uri }),
    ...more,
  });
  const lock = 'web/package-lock.json';

  it.each([
    [
      'Trivy',
      vulnerability(
        'Package: minimist\nInstalled Version: 1.2.0\nVulnerability CVE-2021-44906\nFixed Version: 1.2.6',
        {},
        lock,
      ),
      { name: 'minimist', version: '1.2.0', fixedVersion: '1.2.6' },
    ],
    [
      'Grype',
      vulnerability(
        'A critical vulnerability in npm package: minimist, version 1.2.0 was found at: /package-lock.json',
      ),
      { name: 'minimist', version: '1.2.0' },
    ],
    [
      'OSV-Scanner',
      vulnerability(
        "Package 'minimist@1.2.0' is vulnerable to 'CVE-2021-44906'.",
        {},
        lock,
      ),
      { name: 'minimist', version: '1.2.0' },
    ],
    [
      'Snyk',
      vulnerability(
        'This file introduces a vulnerable minimist package with a high severity vulnerability.',
        {},
        lock,
      ),
      { name: 'minimist' },
    ],
    [
      'a purl',
      vulnerability('x', { properties: { purl: 'pkg:npm/minimist@1.2.0' } }),
      { name: 'minimist', version: '1.2.0' },
    ],
  ])('is read from %s', (_, result, pkg) => {
    expect(parse({}, result)[0].occurrences[0].package).toMatchObject({
      ...pkg,
      ecosystem: 'npm',
    });
  });

  it.each([
    ['without an ecosystem', vulnerability('Package: a\nInstalled Version: 1')],
    [
      'of no vulnerability',
      {
        ruleId: 'r',
        ...at({ uri: lock }),
        message: { text: 'Package: a\nInstalled Version: 1' },
      },
    ],
  ])('is undefined %s', (_, result) => {
    expect(parse({}, result)[0].occurrences[0].package).toBeUndefined();
  });
});
