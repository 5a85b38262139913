import Ajv from 'ajv';
import { SourceError } from '@cloudtrace/plugin-cloudtrace-node';

const ajv = new Ajv({ allErrors: false });

const text = (maxLength: number) => ({ type: 'string', maxLength });
const key = text(400);
const object = (
  properties: Record<string, object>,
  required: string[] = Object.keys(properties),
) => ({ type: 'object', properties, required });
const paging = object({ total: { type: 'integer', minimum: 0 } });
const item = object({ project: key, component: text(4_000) });

/** The fields of an issue or a hotspot used here; the importer reads the rest. */
export interface SonarqubeItem {
  project: string;
  component: string;
}

/** A page of a search. */
export interface SonarqubePage {
  paging: { total: number };
  issues?: SonarqubeItem[];
  hotspots?: SonarqubeItem[];
}

/** The fields read from each response. */
export interface SonarqubeAnswers {
  'api/project_analyses/search': {
    analyses: Array<{ date: string; revision?: string }>;
  };
  'api/project_branches/list': {
    branches: Array<{ name: string; isMain: boolean }>;
  };
  'api/issues/search': SonarqubePage;
  'api/hotspots/search': SonarqubePage;
  'api/qualitygates/project_status': { projectStatus: { status: string } };
  'api/measures/component': {
    component: { measures: Array<{ metric: string; value?: string }> };
  };
}

const list = (items: object) => ({ type: 'array', items });
const validators = {
  'api/project_analyses/search': ajv.compile(
    object({
      analyses: list(object({ date: text(64), revision: text(256) }, ['date'])),
    }),
  ),
  'api/project_branches/list': ajv.compile(
    object({
      branches: list(object({ name: text(512), isMain: { type: 'boolean' } })),
    }),
  ),
  'api/issues/search': ajv.compile(object({ paging, issues: list(item) })),
  'api/hotspots/search': ajv.compile(object({ paging, hotspots: list(item) })),
  'api/qualitygates/project_status': ajv.compile(
    object({ projectStatus: object({ status: text(32) }) }),
  ),
  'api/measures/component': ajv.compile(
    object({
      component: object({
        measures: list(
          object({ metric: text(128), value: text(256) }, ['metric']),
        ),
      }),
    }),
  ),
};

/**
 * Checks that a response has the fields that are read.
 *
 * @throws SourceError with the location
 */
export function checkAnswer<P extends keyof SonarqubeAnswers>(
  path: P,
  answer: unknown,
): SonarqubeAnswers[P] {
  const validate = validators[path];
  if (!validate(answer)) {
    const [error] = validate.errors ?? [];
    throw new SourceError({
      code: 'sonarqube-invalid-response',
      values: {
        path,
        place: error?.instancePath || '/',
        problem: error?.message ?? '',
      },
    });
  }
  return answer as SonarqubeAnswers[P];
}
