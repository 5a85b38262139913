import { snykApiImporter } from './snykApi';

const parse = (attributes: object, project: object = { type: 'npm' }) =>
  snykApiImporter.parse({
    project,
    pages: [[{ id: 'i', attributes: { key: 'SNYK-JS-QS-1', ...attributes } }]],
  })[0].findings;

const at = (file: string, line: number) => ({
  sourceLocation: { file, region: { start: { line, column: 1 } } },
});

describe("issues from Snyk's REST API", () => {
  it('have every location in code', () => {
    const findings = parse(
      {
        key: 'f3a1',
        coordinates: [
          { representations: [at('src/a.js', 3), at('src/b.js', 4)] },
          { representations: [at('src/c.js', 5)] },
        ],
      },
      { type: 'sast' },
    );
    expect(findings).toHaveLength(1);
    expect(
      findings[0].occurrences.map(({ fingerprint, location }) => [
        fingerprint,
        location?.path,
        location?.startLine,
      ]),
    ).toEqual([
      ['f3a1', 'src/a.js', 3],
      ['f3a1', 'src/b.js', 4],
      ['f3a1', 'src/c.js', 5],
    ]);
  });

  it('have every version of a package, and a finding for each package', () => {
    const dependency = (name: string, version: string, fix: string) => ({
      remedies: [{ details: { upgrade_package: fix } }],
      representations: [
        { dependency: { package_name: name, package_version: version } },
      ],
    });
    const findings = parse({
      coordinates: [
        dependency('qs', '1.0.0', '1.0.1'),
        dependency('qs', '6.0.0', '6.0.1'),
        dependency('qs', '6.0.0', '6.0.2'),
        dependency('express', '4.0.0', '4.0.1'),
      ],
    });
    expect(
      findings.map(({ occurrences }) =>
        occurrences.map(
          ({ package: pkg }) =>
            `${pkg?.name} ${pkg?.version} → ${pkg?.fixedVersion}`,
        ),
      ),
    ).toEqual([
      ['qs 1.0.0 → 1.0.1', 'qs 6.0.0 → 6.0.1'],
      ['express 4.0.0 → 4.0.1'],
    ]);
  });

  it('are in the file of the project if they have no location', () => {
    const [finding] = parse(
      { key: 'f3a1' },
      { type: 'terraformconfig', targetFile: 'main.tf' },
    );
    expect(finding.occurrences).toEqual([
      { fingerprint: 'f3a1', location: { path: 'main.tf' } },
    ]);
  });
});
