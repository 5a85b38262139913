import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  scaffolderActionsExtensionPoint,
  type TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject, JsonValue } from '@backstage/types';
import { scaffolderModuleCloudtrace } from '@cloudtrace/plugin-scaffolder-backend-module-cloudtrace';
import { fastDirectory } from '@internal/dev-servers';
import { createTemplateRenderer, type TemplateContext } from 'nunjitsu';
import { templateDirectory } from './paths';
import { readTemplate, type TemplateStep } from './readTemplate';
import type { Rendering } from './Scaffolder';
import { scaffolderConfig } from './scaffolderConfig';

/** The step after which all files exist. */
const LAST_STEP = 'answers';

/**
 * Runs the template's steps up to the last one that writes files. It uses the same actions on the same files as the
 * scaffolder, but without the scaffolder: no request, no validation by the form's schema, no copies for a dry run. This
 * is fast enough for thousands of combinations; the gate that uses it compares its output with the scaffolder's for the
 * sample.
 */
export class ActionsRenderer {
  readonly #steps = stepsThatWriteFiles();
  readonly #expressions = createTemplateRenderer();
  readonly #logger = mockServices.rootLogger({ level: 'none' });
  readonly #actions: ReadonlyMap<string, TemplateAction>;
  readonly #directory: string;
  readonly #stop: () => Promise<void>;
  #count = 0;

  private constructor(
    actions: ReadonlyMap<string, TemplateAction>,
    directory: string,
    stop: () => Promise<void>,
  ) {
    this.#actions = actions;
    this.#directory = directory;
    this.#stop = stop;
  }

  static async start(): Promise<ActionsRenderer> {
    const directory = mkdtempSync(join(fastDirectory(), 'cloudtrace-steps-'));
    const actions = new Map<string, TemplateAction>();
    const backend = await startTestBackend({
      extensionPoints: [
        [
          scaffolderActionsExtensionPoint,
          {
            addActions: (...added) => {
              for (const action of added) {
                actions.set(action.id, action);
              }
            },
          },
        ],
      ],
      features: [
        scaffolderModuleCloudtrace,
        discoveryServiceFactory,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootLogger.factory({ level: 'none' }),
        mockServices.rootConfig.factory({
          data: scaffolderConfig(directory, {}),
        }),
      ],
    });
    return new ActionsRenderer(actions, directory, () => backend.stop());
  }

  async stop(): Promise<void> {
    rmSync(this.#directory, { recursive: true, force: true });
    await this.#stop();
  }

  /**
   * Renders the template with these answers.
   *
   * @throws the error of the action that rejects them
   */
  async render(answers: JsonObject): Promise<Rendering> {
    this.#count += 1;
    const root = join(this.#directory, String(this.#count));
    const workspacePath = join(root, 'workspace');
    mkdirSync(workspacePath, { recursive: true });
    try {
      const steps: JsonObject = {};
      for (const step of this.#steps) {
        const input = this.#evaluate(step.input ?? {}, {
          parameters: answers,
          steps,
        } as TemplateContext);
        steps[step.id] = {
          output: await this.#run(step, input as JsonObject, workspacePath),
        };
      }
      return readRendering(workspacePath);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }

  async #run(
    step: TemplateStep,
    input: JsonObject,
    workspacePath: string,
  ): Promise<JsonObject> {
    const action = this.#actions.get(step.action);
    if (!action) {
      throw new Error(
        `The step ${step.id} of the template uses the action ${step.action}, which only the scaffolder can run`,
      );
    }
    const output: JsonObject = {};
    await action.handler({
      input,
      output: (name, value) => {
        output[name] = value as JsonValue;
      },
      workspacePath,
      isDryRun: true,
      templateInfo: {
        entityRef: 'template:default/tracked-service',
        baseUrl: pathToFileURL(join(templateDirectory, 'template.yaml')).href,
      },
      logger: this.#logger,
      task: { id: String(this.#count) },
      checkpoint: async ({ fn }) => fn(),
      getInitiatorCredentials: async () => mockCredentials.user(),
      createTemporaryDirectory: async () =>
        mkdtempSync(join(workspacePath, '../temporary-')),
    });
    return output;
  }

  /** Evaluates the inputs of a step: expressions in its strings, at any depth. */
  #evaluate(value: unknown, context: TemplateContext): unknown {
    if (typeof value === 'string') {
      return this.#expressions.renderValue(value, context);
    }
    if (Array.isArray(value)) {
      return value.map(item => this.#evaluate(item, context));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, item]) => [
            key,
            this.#evaluate(item, context),
          ]),
        )
      : value;
  }
}

function stepsThatWriteFiles(): TemplateStep[] {
  const { steps } = readTemplate().spec;
  const chosen = steps.slice(
    0,
    steps.findIndex(step => step.id === LAST_STEP) + 1,
  );
  const special = chosen.find(step => step.if ?? step.each);
  if (chosen.length === 0 || special) {
    throw new Error(
      `The template needs steps up to "${LAST_STEP}" without conditions and loops; wrong: ${special?.id}`,
    );
  }
  return chosen;
}

/** Synchronous: waiting for each of some two hundred small files in memory takes longer than reading it. */
function readRendering(root: string): Rendering {
  const rendering: Rendering = new Map();
  for (const entry of readdirSync(root, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      rendering.set(relative(root, path), {
        content: readFileSync(path),
        // eslint-disable-next-line no-bitwise
        executable: (statSync(path).mode & 0o111) !== 0,
      });
    }
  }
  return rendering;
}
