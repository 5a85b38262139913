import type { FastifyPluginAsync } from 'fastify';
import type { Instance } from '../instance/detectInstance.js';
import type { RequestStore, TrackedRequest } from '../requests/types.js';

const shownRequests = 20;

export const pageRoutes: FastifyPluginAsync<{
  store: RequestStore;
  instance: Instance;
  serviceName: string;
}> = async (app, { store, instance, serviceName }) => {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    const requests = await store.list({ limit: shownRequests });
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(renderPage({ serviceName, instance, requests }));
  });
};

interface PageModel {
  readonly serviceName: string;
  readonly instance: Instance;
  readonly requests: readonly TrackedRequest[];
}

/** The page at `/`: the instance that responded, and the instances that handled the latest requests. */
function renderPage({ serviceName, instance, requests }: PageModel): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(serviceName)}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  table { width: 100%; border-collapse: collapse }
  th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8886 }
  code { font-family: ui-monospace, monospace }
</style>
</head>
<body>
<h1>${escape(serviceName)}</h1>
<p>Answered by <code>${escape(instance.id)}</code> in zone <code>${escape(instance.zone)}</code>.</p>
<h2>Latest requests</h2>
${requests.length === 0 ? '<p>None yet. <code>POST /requests</code> stores the first one.</p>' : renderTable(requests)}
</body>
</html>
`;
}

function renderTable(requests: readonly TrackedRequest[]): string {
  const rows = requests.map(
    request => `<tr>
<td><time datetime="${escape(request.createdAt)}">${escape(request.createdAt)}</time></td>
<td>${escape(request.subject)}</td>
<td>${escape(request.requester)}</td>
<td>${escape(request.status)}</td>
<td><code>${escape(request.handledBy.instanceId)}</code></td>
<td>${escape(request.handledBy.zone)}</td>
</tr>`,
  );
  return `<table>
<thead><tr><th>Received</th><th>Subject</th><th>Requester</th><th>Status</th><th>Handled by</th><th>Zone</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(value: string): string {
  return value.replace(
    /[&<>"']/g,
    character => entities[character] ?? character,
  );
}
