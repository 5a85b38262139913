import { createServer } from 'node:http';

/**
 * A stand-in for SonarQube's Web API with one project, `shop`. It follows
 * SonarQube's documentation; it is not SonarQube.
 */
export async function startSonarqube(port) {
  const state = {
    gate: 'ERROR',
    analysedAt: '2026-11-01T10:00:00+0000',
    /** Authorization headers received so far. */
    authorizations: new Set(),
  };
  const answers = {
    '/api/project_analyses/search': () => ({
      analyses: [{ date: state.analysedAt, revision: 'c0ffee0' }],
    }),
    '/api/project_branches/list': () => ({
      branches: [{ name: 'main', isMain: true }],
    }),
    '/api/issues/search': () => ({
      paging: { pageIndex: 1, pageSize: 500, total: 1 },
      issues: [
        {
          rule: 'javascript:S5131',
          severity: 'BLOCKER',
          component: 'shop:src/basket.js',
          project: 'shop',
          line: 12,
          hash: 'f0f0',
          message: 'Change this code to not reflect unsanitized data',
          status: 'OPEN',
          type: 'VULNERABILITY',
        },
      ],
    }),
    '/api/hotspots/search': () => ({
      paging: { pageIndex: 1, pageSize: 500, total: 0 },
      hotspots: [],
    }),
    '/api/qualitygates/project_status': () => ({
      projectStatus: { status: state.gate },
    }),
    '/api/measures/component': () => ({
      component: {
        measures: [
          { metric: 'security_rating', value: '5.0' },
          { metric: 'coverage', value: '81.5' },
        ],
      },
    }),
  };
  const server = createServer((req, res) => {
    state.authorizations.add(req.headers.authorization);
    const answer = answers[new URL(req.url, 'http://localhost').pathname];
    res.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    res.end(JSON.stringify(answer?.() ?? { errors: [] }));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}
