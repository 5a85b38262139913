import { readFile } from 'node:fs/promises';
import type {
  AuthService,
  DiscoveryService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  createTemplateAction,
  fetchFile,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  findProblems,
  lookUpValues,
  normalizeOptions,
  selectLayers,
  selectParts,
  type OptionProblem,
  type OptionValues,
  type TemplateOptions,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { readPortalUrl } from '../config';
import { assertNameIsFree } from '../repository/assertNameIsFree';
import { describeRepository } from '../repository/describeRepository';
import { examples } from './options.examples';

/**
 * `cloudtrace:options`: validates the answers against the template's rules,
 * fills in defaults, drops answers to questions that do not apply, and computes
 * derived values. The form checks the same, but a request need not come from
 * the form.
 */
export function createOptionsAction(deps: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  integrations: ScmIntegrations;
  reader: UrlReaderService;
}) {
  return createTemplateAction({
    id: 'cloudtrace:options',
    description:
      "Checks a template's answers against its options.generated.json and turns them into the values and layers to render",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        answers: z =>
          z.record(z.unknown()).describe('The answers, as the form sends them'),
        optionsUrl: z =>
          z
            .string()
            .default('./options.generated.json')
            .describe("The template's options, relative to the template file"),
        update: z =>
          z
            .boolean()
            .default(false)
            .describe(
              'The service exists already: its name is expected in the catalog',
            ),
      },
      output: {
        values: z =>
          z.record(z.unknown()).describe('Values for the templates of files'),
        answers: z =>
          z.record(z.unknown()).describe('The answers, with every default'),
        layers: z =>
          z
            .array(z.object({ source: z.string(), target: z.string() }))
            .describe('Template folders to render over each other'),
        entityRef: z =>
          z.string().describe('The component that will be created'),
      },
    },
    async handler(ctx) {
      const directory = await ctx.createTemporaryDirectory();
      const outputPath = resolveSafeChildPath(
        directory,
        'options.generated.json',
      );
      await fetchFile({
        reader: deps.reader,
        integrations: deps.integrations,
        baseUrl: ctx.templateInfo?.baseUrl,
        fetchUrl: ctx.input.optionsUrl ?? './options.generated.json',
        outputPath,
      });
      const template: TemplateOptions = JSON.parse(
        await readFile(outputPath, 'utf8'),
      );

      const answers = normalizeOptions(template, ctx.input.answers);
      const problems = findProblems(template, answers);
      if (problems.length > 0) {
        throw new InputError(describeProblems(problems));
      }

      const repository = describeRepository(
        answers,
        deps.config,
        deps.integrations,
      );
      const entityRef = `component:default/${answers.name}`;
      if (!ctx.input.update) {
        await assertNameIsFree({
          entityRef,
          repository,
          catalog: deps.catalog,
          credentials: await deps.auth.getOwnServiceCredentials(),
        });
      }

      ctx.output('values', {
        ...answers,
        ...lookUpValues(template, answers),
        parts: selectParts(template, answers),
        entityRef,
        portalUrl: readPortalUrl(deps.config),
        portalApiUrl: await deps.discovery.getExternalBaseUrl('cloudtrace'),
        repositoryUrl: repository.url,
        repositorySlug: repository.slug,
        templateVersion: template.version,
      } satisfies JsonObject);
      ctx.output('answers', answers satisfies OptionValues);
      ctx.output('layers', selectLayers(template, answers));
      ctx.output('entityRef', entityRef);
    },
  });
}

function describeProblems(problems: OptionProblem[]): string {
  const reasons = problems.map(({ option, reason }) => `${option} ${reason}`);
  return `The service cannot be created with these answers: ${reasons.join(
    '; ',
  )}`;
}
