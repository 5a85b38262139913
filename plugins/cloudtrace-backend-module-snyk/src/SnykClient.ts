import { fetchJson, SourceError } from '@cloudtrace/plugin-cloudtrace-node';
import { nextPage } from './nextPage';

/** Version of Snyk's REST API that the mapping supports. */
const API_VERSION = '2024-10-15';

const PAGE_SIZE = 100;
/** Maximum number of ids per request, to keep its URL short. */
const IDS_PER_REQUEST = 25;

/** Limits for reading one project. */
const limits = { pages: 250, bytes: 48 * 1024 * 1024 };

/** A Snyk project: a manifest, an image or the code of a repository. */
export interface SnykProject {
  id: string;
  name: string;
  /** Such as `npm`, `sast` or `deb`. */
  type: string;
  targetId?: string;
  /** For example the branch. */
  targetReference?: string;
  targetFile?: string;
}

/** Reads Snyk's REST API, only at the configured host. */
export class SnykClient {
  readonly #apiUrl: string;
  readonly #token: string;

  constructor(options: { apiUrl: string; token: string }) {
    this.#apiUrl = options.apiUrl;
    this.#token = options.token;
  }

  /**
   * Lists projects by their ids and those of their targets; skips projects
   * unknown to Snyk.
   *
   * @throws `SourceError`
   */
  async listProjects(
    orgId: string,
    wanted: { projectIds?: string[]; targetIds?: string[] },
    signal?: AbortSignal,
  ): Promise<SnykProject[]> {
    const projects = new Map<string, SnykProject>();
    const queries = [
      ...inParts(wanted.projectIds ?? []).map(ids => ({ ids })),
      ...inParts(wanted.targetIds ?? []).map(ids => ({ target_id: ids })),
    ];
    for (const query of queries) {
      const url = this.#url(`orgs/${orgId}/projects`, query);
      await this.#readPages(url, signal, data => {
        for (const item of data) {
          const project = readProject(item);
          projects.set(project.id, project);
        }
      });
    }
    return [...projects.values()];
  }

  /**
   * Reads the open issues of a project, including ignored ones: each page as
   * the JSON of a list.
   *
   * @throws `SourceError`
   */
  async listIssues(
    orgId: string,
    projectId: string,
    signal?: AbortSignal,
  ): Promise<string[]> {
    const url = this.#url(`orgs/${orgId}/issues`, {
      'scan_item.id': projectId,
      'scan_item.type': 'project',
      status: 'open',
    });
    const pages: string[] = [];
    let bytes = 0;
    await this.#readPages(url, signal, data => {
      // Page by page, so that no large document blocks the event loop.
      const page = JSON.stringify(data);
      bytes += page.length;
      if (bytes > limits.bytes) {
        throw new SourceError({
          code: 'snyk-too-many-bytes',
          values: { bytes: limits.bytes, project: projectId },
        });
      }
      pages.push(page);
    });
    return pages;
  }

  #url(path: string, query: Record<string, string>): URL {
    const url = new URL(`${this.#apiUrl}/rest/${path}`);
    url.search = new URLSearchParams({
      version: API_VERSION,
      limit: String(PAGE_SIZE),
      ...query,
    }).toString();
    return url;
  }

  async #readPages(
    first: URL,
    signal: AbortSignal | undefined,
    take: (data: object[]) => void,
  ): Promise<void> {
    const seen = new Set<string>();
    for (let url: URL | undefined = first; url; ) {
      if (seen.has(url.href) || seen.size >= limits.pages) {
        throw new SourceError({
          code: 'snyk-too-many-pages',
          values: {
            where: `${first.host}${first.pathname}`,
            pages: limits.pages,
          },
        });
      }
      seen.add(url.href);
      const page = await fetchJson(url.href, {
        headers: {
          accept: 'application/vnd.api+json',
          authorization: `token ${this.#token}`,
        },
        signal,
      });
      const { data, links } = (page ?? {}) as Record<string, unknown>;
      if (!Array.isArray(data) || !data.every(isResource)) {
        throw new SourceError({
          code: 'snyk-no-list',
          values: { where: `${url.host}${url.pathname}` },
        });
      }
      take(data);
      url = nextPage(links, url, this.#apiUrl);
    }
  }
}

function isResource(item: unknown): item is object {
  const { id, attributes } = (item ?? {}) as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    typeof attributes === 'object' &&
    attributes !== null
  );
}

function readProject(item: object): SnykProject {
  const { id, attributes, relationships } = item as {
    id: string;
    attributes: Record<string, unknown>;
    relationships?: { target?: { data?: { id?: unknown } } };
  };
  const { name, type } = attributes;
  if (typeof name !== 'string' || typeof type !== 'string') {
    throw new SourceError({ code: 'snyk-incomplete-project', values: {} });
  }
  return {
    id: id.toLowerCase(),
    name,
    type,
    targetId: text(relationships?.target?.data?.id)?.toLowerCase(),
    targetReference: text(attributes.target_reference),
    targetFile: text(attributes.target_file),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function inParts(ids: string[]): string[] {
  const parts: string[] = [];
  for (let i = 0; i < ids.length; i += IDS_PER_REQUEST) {
    parts.push(ids.slice(i, i + IDS_PER_REQUEST).join(','));
  }
  return parts;
}
