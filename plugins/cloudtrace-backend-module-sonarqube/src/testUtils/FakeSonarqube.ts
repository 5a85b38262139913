import { http, HttpResponse } from 'msw';

/** A mock of SonarQube that records its requests. */
export class FakeSonarqube {
  analysedAt = '2026-11-01T10:00:00+0000';
  hashes: string[] = [];
  /** Total number of issues to report; by default the actual number. */
  total: number | undefined;
  gate = 'OK';
  asked: URL[] = [];
  tokens = new Set<string | null>();
  /** Overrides the response if it returns something. */
  override: ((url: URL) => Response | undefined) | undefined;

  readonly handler = http.get(/^https:.*\/sonar\/api\//, ({ request: req }) => {
    const url = new URL(req.url);
    this.asked.push(url);
    this.tokens.add(req.headers.get('authorization'));
    return this.override?.(url) ?? HttpResponse.json(this.#answer(url));
  });

  #answer(url: URL): object {
    const project = 'shop';
    switch (url.pathname.replace('/sonar/api/', '')) {
      case 'project_analyses/search':
        return { analyses: [{ date: this.analysedAt, revision: 'c0ffee' }] };
      case 'project_branches/list':
        return {
          branches: [
            { name: 'feature', isMain: false },
            { name: 'trunk', isMain: true },
          ],
        };
      case 'issues/search': {
        const [page, size] = ['p', 'ps'].map(n =>
          Number(url.searchParams.get(n)),
        );
        return {
          paging: { total: this.total ?? this.hashes.length },
          issues: this.hashes
            .slice((page - 1) * size, page * size)
            .map(hash => ({
              rule: 'javascript:S5131',
              severity: 'MAJOR',
              component: `${project}:src/app.js`,
              project,
              hash,
              message: `Problem ${hash}`,
              status: 'OPEN',
            })),
        };
      }
      case 'hotspots/search':
        return {
          paging: { total: 1 },
          hotspots: [
            {
              component: `${project}:src/login.js`,
              project,
              ruleKey: 'javascript:S2068',
              vulnerabilityProbability: 'HIGH',
              status: 'TO_REVIEW',
              message: 'Review this password',
            },
          ],
        };
      case 'qualitygates/project_status':
        return { projectStatus: { status: this.gate } };
      default:
        return {
          component: {
            measures: [
              { metric: 'security_rating', value: '3.0' },
              { metric: 'coverage', value: '81.5' },
              { metric: 'new_metric' },
            ],
          },
        };
    }
  }
}
