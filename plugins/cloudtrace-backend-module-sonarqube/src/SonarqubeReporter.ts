import type { Entity } from '@backstage/catalog-model';
import {
  wordTexts,
  type CodedMessage,
  type DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ScanStore } from '@cloudtrace/plugin-cloudtrace-node';
import { targetOf, readProject, SONARQUBE_ANNOTATION } from './projectKey';

/**
 * Reports the result of the last poll of the entity's project; nothing for
 * entities without one.
 */
export class SonarqubeReporter {
  readonly #store: Pick<ScanStore, 'listPulls'>;
  readonly #instances: readonly { name: string }[];

  constructor(options: {
    store: Pick<ScanStore, 'listPulls'>;
    instances: readonly { name: string }[];
  }) {
    this.#store = options.store;
    this.#instances = options.instances;
  }

  async report({
    entity,
    entityRef,
  }: {
    entity: Entity;
    entityRef: string;
  }): Promise<DiagnosticsSource[]> {
    if (!entity.metadata.annotations?.[SONARQUBE_ANNOTATION]) return [];
    const source = {
      id: 'scans:sonarqube',
      kind: 'scans' as const,
      title: 'SonarQube',
      problems: [],
      figures: [],
      resources: [],
    };
    if (this.#instances.length === 0) {
      return [
        {
          ...source,
          status: 'off',
          ...wordTexts({ message: { code: 'sonarqube-off', values: {} } }),
        },
      ];
    }
    const project = readProject(entity, this.#instances);
    if (
      !project ||
      !this.#instances.some(({ name }) => name === project.instance)
    ) {
      const annotation = SONARQUBE_ANNOTATION;
      const message: CodedMessage = project
        ? {
            code: 'sonarqube-unknown-instance',
            values: { instance: project.instance },
          }
        : { code: 'sonarqube-annotation', values: { annotation } };
      const nextStep: CodedMessage = {
        code: 'sonarqube-annotation-next',
        values: { annotation },
      };
      return [
        {
          ...source,
          status: 'problem',
          ...wordTexts({ message }),
          problems: [
            {
              code: 'wrong-annotation',
              ...wordTexts({ message, nextStep }),
            },
          ],
        },
      ];
    }
    const pulls = await this.#store.listPulls(entityRef);
    const pull = pulls.find(({ target }) => target === targetOf(project));
    const { lastSuccessAt, lastErrorAt } = pull ?? {};
    const times = {
      lastSuccessAt: lastSuccessAt?.toISOString(),
      lastErrorAt: lastErrorAt?.toISOString(),
    };
    if (lastErrorAt && (!lastSuccessAt || lastErrorAt > lastSuccessAt)) {
      const message = pull?.coded?.lastError ??
        pull?.lastError ?? {
          code: 'sonarqube-not-polled' as const,
          values: {},
        };
      return [
        {
          ...source,
          ...times,
          status: 'problem',
          ...wordTexts({ message }),
          problems: [
            {
              code: 'pull-failed',
              ...wordTexts({
                message,
                nextStep: { code: 'sonarqube-not-polled-next', values: {} },
              }),
              at: lastErrorAt.toISOString(),
            },
          ],
        },
      ];
    }
    return [
      {
        ...source,
        ...times,
        status: lastSuccessAt ? 'ok' : 'waiting',
        ...wordTexts({
          message: lastSuccessAt
            ? {
                code: 'sonarqube-polled',
                values: { project: project.projectKey },
              }
            : { code: 'sonarqube-not-yet', values: {} },
        }),
      },
    ];
  }
}
