import { fetchJson, SourceError } from '@cloudtrace/plugin-cloudtrace-node';
import {
  checkAnswer,
  type SonarqubeAnswers,
  type SonarqubeItem,
} from './answers';
import type { SonarqubeInstance } from './readSonarqubeConfig';

const PAGE_SIZE = 500;
/** SonarQube returns no results beyond this one, regardless of the page size. */
export const SEARCH_LIMIT = 10_000;

const metrics = [
  'security_rating',
  'security_review_rating',
  'reliability_rating',
  'sqale_rating',
  'coverage',
  'duplicated_lines_density',
];

/** An analysis of a project's main branch. */
export interface SonarqubeAnalysis {
  at: Date;
  commit: string | undefined;
}

/** All results of a search, or its most severe part. */
export interface SearchResult {
  items: SonarqubeItem[];
  /** Total number of results; more than `items` only beyond the {@link searchLimit}. */
  total: number;
}

/** Reads one SonarQube server through its Web API. All methods throw `SourceError`. */
export class SonarqubeClient {
  readonly #instance: SonarqubeInstance;
  readonly #signal: AbortSignal | undefined;

  constructor(instance: SonarqubeInstance, signal?: AbortSignal) {
    this.#instance = instance;
    this.#signal = signal;
  }

  /** The newest analysis of the main branch; `undefined` if there is none. */
  async readAnalysis(
    projectKey: string,
  ): Promise<SonarqubeAnalysis | undefined> {
    const { analyses } = await this.#get('api/project_analyses/search', {
      project: projectKey,
      ps: '1',
    });
    const [newest] = analyses;
    if (!newest) return undefined;
    const at = new Date(newest.date);
    if (Number.isNaN(at.getTime())) {
      throw new SourceError({
        code: 'sonarqube-invalid-date',
        values: { path: 'api/project_analyses/search' },
      });
    }
    return { at, commit: newest.revision };
  }

  async readMainBranch(projectKey: string): Promise<string | undefined> {
    const { branches } = await this.#get('api/project_branches/list', {
      project: projectKey,
    });
    return branches.find(({ isMain }) => isMain)?.name;
  }

  /** Issues that are open, accepted or false positives; most severe first. */
  readIssues(projectKey: string): Promise<SearchResult> {
    return this.#search('api/issues/search', 'issues', projectKey, {
      componentKeys: projectKey,
      types: this.#instance.issueTypes.join(','),
      // Without CLOSED: projects may have any number of closed issues.
      statuses: 'OPEN,CONFIRMED,REOPENED,RESOLVED',
      s: 'SEVERITY',
      asc: 'false',
    });
  }

  readHotspots(projectKey: string): Promise<SearchResult> {
    return this.#search('api/hotspots/search', 'hotspots', projectKey, {
      projectKey,
    });
  }

  async readGate(projectKey: string): Promise<string> {
    const answer = await this.#get('api/qualitygates/project_status', {
      projectKey,
    });
    return answer.projectStatus.status;
  }

  async readMeasures(projectKey: string): Promise<Map<string, string>> {
    const { component } = await this.#get('api/measures/component', {
      component: projectKey,
      metricKeys: metrics.join(','),
    });
    return new Map(
      component.measures.flatMap(({ metric, value }) =>
        value === undefined ? [] : [[metric, value] as const],
      ),
    );
  }

  async #search(
    path: 'api/issues/search' | 'api/hotspots/search',
    field: 'issues' | 'hotspots',
    projectKey: string,
    query: Record<string, string>,
  ): Promise<SearchResult> {
    const items: SonarqubeItem[] = [];
    for (let page = 1; ; page++) {
      const answer = await this.#get(path, {
        ...query,
        p: String(page),
        ps: String(PAGE_SIZE),
      });
      const { total } = answer.paging;
      const found = answer[field] ?? [];
      if (found.some(({ project }) => project !== projectKey)) {
        throw new SourceError({
          code: 'sonarqube-foreign-results',
          values: { path },
        });
      }
      items.push(...found);
      const wanted = Math.min(total, SEARCH_LIMIT);
      if (items.length === wanted) return { items, total };
      // Fewer or more results would make existing findings look fixed.
      if (found.length !== PAGE_SIZE || items.length > wanted) {
        throw new SourceError({
          code: 'sonarqube-wrong-total',
          values: { path, results: items.length, total },
        });
      }
    }
  }

  async #get<P extends keyof SonarqubeAnswers>(
    path: P,
    query: Record<string, string>,
  ): Promise<SonarqubeAnswers[P]> {
    const { baseUrl, token } = this.#instance;
    const answer = await fetchJson(
      `${baseUrl}/${path}?${new URLSearchParams(query)}`,
      {
        headers: { authorization: `Bearer ${token}` },
        signal: this.#signal,
      },
    );
    return checkAnswer(path, answer);
  }
}
