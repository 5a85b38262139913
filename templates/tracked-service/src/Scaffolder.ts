import { mkdtempSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { scaffolderModuleCloudtrace } from '@cloudtrace/plugin-scaffolder-backend-module-cloudtrace';
import { fastDirectory } from '@internal/dev-servers';
import { trackedService } from '../options';
import {
  normalizeOptions,
  selectLayers,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { generateOptions } from './generateOptions';
import { readTemplate, type TemplateDocument } from './readTemplate';
import { scaffolderConfig } from './scaffolderConfig';
import { startPostgres } from './startPostgres';
import { readTemplateFiles, type TemplateFile } from './templateFiles';

/** A file of a rendered repository. */
export interface RenderedFile {
  content: Buffer;
  executable: boolean;
}

/** A rendered repository: files by path. */
export type Rendering = Map<string, RenderedFile>;

/** What the rendering step would be without our action. */
const fetchTemplateStep = {
  id: 'layers',
  name: 'Render the repository',
  action: 'fetch:template',
  each: '${{ steps.options.output.layers }}',
  input: {
    url: '${{ each.value.source }}',
    targetPath: '${{ each.value.target }}',
    templateFileExtension: '.njk',
    values: '${{ steps.options.output.values }}',
  },
};

/** The sample has some 40; all combinations would not fit into memory. */
const MAX_KNOWN_RENDERINGS = 64;

/** The scaffolder rejected the answers, with its reasons. */
export class RefusedError extends Error {}

/** Backstage's own scaffolder backend with our actions, in this process, for dry runs of the template. */
export class Scaffolder {
  readonly #url: string;
  readonly #stop: () => Promise<void>;
  readonly #template = readTemplate();
  readonly #known = new Map<string, Rendering>();
  readonly #files: TemplateFile[];

  private constructor(url: string, stop: () => Promise<void>) {
    this.#url = url;
    this.#stop = stop;
    this.#files = readTemplateFiles().filter(
      f => f.path !== 'options.generated.json',
    );
    this.#files.push({
      path: 'options.generated.json',
      base64Content: Buffer.from(generateOptions()).toString('base64'),
      executable: false,
    });
  }

  static async start(): Promise<Scaffolder> {
    const connection = await startPostgres();
    const directory = mkdtempSync(join(fastDirectory(), 'cloudtrace-render-'));
    const backend = await startTestBackend({
      features: [
        import('@backstage/plugin-scaffolder-backend'),
        import('@backstage/plugin-scaffolder-backend-module-github'),
        import('@backstage/plugin-scaffolder-backend-module-bitbucket-cloud'),
        scaffolderModuleCloudtrace,
        discoveryServiceFactory,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootLogger.factory({ level: 'none' }),
        databaseServiceFactory,
        mockServices.rootConfig.factory({
          data: scaffolderConfig(directory, {
            client: 'pg',
            connection,
          }),
        }),
      ],
    });
    return new Scaffolder(
      `http://localhost:${backend.server.port()}/api/scaffolder/v2/dry-run`,
      async () => {
        await backend.stop();
        rmSync(directory, { recursive: true, force: true });
      },
    );
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  /**
   * Renders the template with these answers.
   *
   * @throws RefusedError if the form's schema or the rules reject the answers
   */
  async render(answers: Record<string, unknown>): Promise<Rendering> {
    const key = JSON.stringify(answers);
    const known = this.#known.get(key);
    if (known) {
      return known;
    }
    const rendering = await this.renderAnew(answers);
    if (this.#known.size < MAX_KNOWN_RENDERINGS) {
      this.#known.set(key, rendering);
    }
    return rendering;
  }

  /** Like {@link Scaffolder.render}, without caching: several gates use the same rows. */
  async renderAnew(
    answers: Record<string, unknown>,
    template: TemplateDocument = this.#template,
  ): Promise<Rendering> {
    const response = await fetch(this.#url, {
      method: 'POST',
      // This process serves the request itself: when it is busy, it closes a kept-alive connection just as the next
      // request is sent on it.
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({
        template,
        values: answers,
        directoryContents: this.#filesFor(answers),
      }),
    });
    const body = (await response.json()) as {
      directoryContents?: TemplateFile[];
      errors?: Array<{ stack: string }>;
      error?: { message: string };
    };
    if (!body.directoryContents) {
      const reasons = body.errors?.map(error => error.stack).join('; ');
      throw new RefusedError(
        `${response.status}: ${reasons ?? body.error?.message}`,
      );
    }
    const executables = this.#executablesFor(answers);
    return new Map(
      body.directoryContents.map(({ path, base64Content }) => [
        path,
        {
          content: Buffer.from(base64Content, 'base64'),
          executable: executables.has(path),
        },
      ]),
    );
  }

  /**
   * Like {@link Scaffolder.renderAnew}, with Backstage's `fetch:template` for each layer, as a reference for our own
   * action.
   */
  renderWithFetchTemplate(
    answers: Record<string, unknown>,
  ): Promise<Rendering> {
    const steps = this.#template.spec.steps.map(step =>
      step.action === 'cloudtrace:layers:render' ? fetchTemplateStep : step,
    );
    return this.renderAnew(answers, {
      ...this.#template,
      spec: { ...this.#template.spec, steps },
    });
  }

  /**
   * Paths of the executable files: a dry run receives contents without modes, so they are tracked here. A real task
   * copies modes, which G4 checks.
   */
  #executablesFor(answers: Record<string, unknown>): Set<string> {
    const executables = new Set<string>();
    for (const { source, target } of layersFor(answers)) {
      const folder = `${posix.normalize(source)}/`;
      for (const { path, executable } of this.#files) {
        if (executable && path.startsWith(folder)) {
          const below = path.slice(folder.length).replace(/\.njk$/, '');
          executables.add(posix.join(target, below));
        }
      }
    }
    return executables;
  }

  /** Only the layers for these answers; a step that needed another one would fail. */
  #filesFor(answers: Record<string, unknown>): TemplateFile[] {
    const layers = layersFor(answers).map(
      layer => `${posix.normalize(layer.source)}/`,
    );
    return this.#files.filter(
      file =>
        file.path === 'options.generated.json' ||
        layers.some(layer => file.path.startsWith(layer)),
    );
  }
}

function layersFor(answers: Record<string, unknown>) {
  return selectLayers(
    trackedService,
    normalizeOptions(trackedService, answers),
  );
}
