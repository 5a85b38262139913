import type { Entity } from '@backstage/catalog-model';
import type { DiagnosticsSource } from '@cloudtrace/plugin-cloudtrace-common';
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
          message: 'The portal has no SonarQube configured',
        },
      ];
    }
    const project = readProject(entity, this.#instances);
    if (
      !project ||
      !this.#instances.some(({ name }) => name === project.instance)
    ) {
      const message = project
        ? `The portal has no SonarQube named '${project.instance}'`
        : `The annotation ${SONARQUBE_ANNOTATION} is not [instance/]key`;
      const nextStep = `Correct the annotation ${SONARQUBE_ANNOTATION}`;
      return [
        {
          ...source,
          status: 'problem',
          message,
          problems: [{ code: 'wrong-annotation', message, nextStep }],
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
      const message = pull?.lastError ?? 'SonarQube could not be read';
      return [
        {
          ...source,
          ...times,
          status: 'problem',
          message,
          problems: [
            {
              code: 'pull-failed',
              message,
              nextStep:
                "Check the project key, and ask the portal's operators to check cloudtrace.sonarqube",
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
        ...(lastSuccessAt
          ? {
              status: 'ok',
              message: `CloudTrace reads the project ${project.projectKey}`,
            }
          : {
              status: 'waiting',
              message: 'The project has not been read yet',
            }),
      } as DiagnosticsSource,
    ];
  }
}
