import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { describeCosts } from './describeCosts';
import { generateOptions } from './generateOptions';
import {
  allCombinations,
  pairwiseCombinations,
  requiredAnswers,
  sampledCombinations,
} from './combinations';
import {
  describeCreation,
  normalizeOptions,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { trackedService, valid } from '../options';
import { listFiles } from './rendering/listFiles';

const directory = join(__dirname, '..');

type Property = Record<string, unknown> & { enum?: unknown[] };
type Page = {
  description?: string;
  required?: string[];
  properties: Record<string, Property>;
  dependencies?: Record<
    string,
    { oneOf: Array<{ properties: Record<string, Property> }> }
  >;
};

const template = parse(readFileSync(join(directory, 'template.yaml'), 'utf8'));
const pages: Page[] = template.spec.parameters;

/** Every place where the form asks for an option. */
function questionsFor(name: string): Property[] {
  return pages.flatMap(page => {
    const conditional = Object.entries(page.dependencies ?? {}).flatMap(
      ([on, { oneOf }]) =>
        on === name ? [] : oneOf.map(branch => branch.properties[name]),
    );
    return [page.properties[name], ...conditional].filter(Boolean);
  });
}

describe('the form', () => {
  it('has at most five pages and requires three answers', () => {
    expect(pages.length).toBeLessThanOrEqual(5);
    expect(pages.flatMap(page => page.required ?? [])).toEqual([
      'name',
      'owner',
      'description',
    ]);
    expect(valid({ ...requiredAnswers })).toEqual([]);
  });

  it('asks only for the options', () => {
    const asked = pages.flatMap(page => [
      // A field of type null has no input: it shows the result of the answers.
      ...Object.keys(page.properties).filter(
        name => page.properties[name].type !== 'null',
      ),
      ...Object.values(page.dependencies ?? {}).flatMap(({ oneOf }) =>
        oneOf.flatMap(branch => Object.keys(branch.properties)),
      ),
    ]);
    expect([...new Set(asked)].sort()).toEqual(
      Object.keys(trackedService.options).sort(),
    );
  });

  it.each(Object.keys(trackedService.options))(
    'asks for %s as options.ts declares it',
    name => {
      const option = trackedService.options[name];
      const questions = questionsFor(name);
      expect(questions.length).toBeGreaterThan(0);
      const choices = option.choices?.map(choice => choice.value);
      for (const question of questions) {
        expect({
          title: question.title,
          description: question.description,
          type: question.type,
          default: question.default,
          pattern: question.pattern,
          minLength: question.minLength,
          maxLength: question.maxLength,
          minimum: question.minimum,
          maximum: question.maximum,
        }).toEqual({
          title: option.title,
          description: option.description,
          type: option.type,
          // The form cannot know which default will apply.
          default: option.defaults ? undefined : option.default,
          pattern: option.pattern,
          minLength: option.minLength,
          maxLength: option.maxLength,
          minimum: option.minimum,
          maximum: option.maximum,
        });
        // Only a pattern that needs an explanation has one.
        expect(question.errorMessage ?? { pattern: undefined }).toEqual({
          pattern: question.errorMessage && option.patternReason,
        });
        for (const [index, value] of (question.enum ?? []).entries()) {
          const choice = option.choices?.find(c => c.value === value);
          const titles = question.enumNames as string[] | undefined;
          expect(titles?.[index] ?? String(value)).toBe(choice?.title);
        }
      }
      const offered = questions.flatMap(question => question.enum ?? []);
      expect(new Set(offered)).toEqual(new Set(choices ?? []));
    },
  );

  it('offers exactly the publishing locations that the rules allow for a pipeline', () => {
    const page = pages.find(p => p.dependencies?.ci)!;
    for (const branch of page.dependencies!.ci.oneOf) {
      const [ci] = branch.properties.ci.enum as string[];
      const allowed = trackedService.options
        .publish!.choices!.map(choice => choice.value)
        .filter(
          publish =>
            valid({
              ...requiredAnswers,
              ci,
              publish,
              repoUrl: 'example.com?owner=acme&repo=orders',
            }).length === 0,
        );
      expect(branch.properties.publish.enum).toEqual(allowed);
    }
  });
});

describe('defaults', () => {
  const scaling = (answers: Record<string, string>) =>
    normalizeOptions(trackedService, { ...requiredAnswers, ...answers })
      .scaling;

  it('scale a storefront by active users, unless another policy was chosen', () => {
    expect(scaling({})).toBe('step-cpu');
    expect(scaling({ starter: 'request-tracker' })).toBe('step-cpu');
    expect(scaling({ starter: 'storefront' })).toBe('active-users');
    expect(scaling({ starter: 'storefront', scaling: 'step-cpu' })).toBe(
      'step-cpu',
    );
  });

  it('keep a target on Kubernetes, which has no steps', () => {
    const compute = 'kubernetes';
    expect(scaling({ compute })).toBe('target-tracking');
    expect(scaling({ compute, starter: 'storefront' })).toBe('active-users');
    expect(valid({ ...requiredAnswers, compute, scaling: 'step-cpu' })).toEqual(
      [
        {
          option: 'scaling',
          reason: expect.stringContaining('have no steps'),
        },
      ],
    );
  });
});

describe('costs', () => {
  it('match the price table on every page', () => {
    const text = pages.map(page => page.description).join('\n');
    expect(text).toContain(describeCosts());
  });
});

describe('options.generated.json', () => {
  it('matches what options.ts generates (yarn template:options)', () => {
    expect(
      readFileSync(join(directory, 'options.generated.json'), 'utf8'),
    ).toBe(generateOptions());
  });
});

describe('the default repository', () => {
  it.each([
    // Somebody can read through it in an hour.
    ['request-tracker', 150],
    // A second program, the client, with its components and pages; and the function of self-healing.
    ['storefront', 340],
  ])('of the starter %s has at most %i files', (starter, limit) => {
    const paths = [...listFiles({ ...requiredAnswers, starter }).keys()];
    process.stdout.write(`${starter}: ${paths.length} files\n`);
    const folders = new Map<string, number>();
    for (const path of paths) {
      const folder = dirname(path);
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    const largest = [...folders].sort(([, a], [, b]) => b - a).slice(0, 12);
    expect(paths.length <= limit ? [] : [paths.length, ...largest]).toEqual([]);
  });
});

describe('the review of the form', () => {
  it.each(['request-tracker', 'storefront', 'notifications'])(
    'names every program of the starter %s, and no path that is missing',
    starter => {
      const answers = normalizeOptions(trackedService, {
        ...requiredAnswers,
        starter,
      });
      const paths = [...listFiles({ ...requiredAnswers, starter }).keys()];
      const [{ items }] = describeCreation(answers).areas;
      const named = items
        .filter(item => item.includes(': '))
        .flatMap(item => item.split(': ')[0].split(', '));
      for (const name of named.filter(each => /^[a-zA-Z./]+$/.test(each))) {
        expect(paths.filter(path => path.startsWith(name))).not.toEqual([]);
      }
      expect(named.includes('web')).toBe(
        paths.some(path => path.startsWith('web/')),
      );
    },
  );
});

describe('optional infrastructure', () => {
  const read = (part: string, file: string) =>
    readFileSync(join(directory, 'features', part, 'infra', file), 'utf8');

  it.each(
    trackedService.parts!.map(
      ({ name, hooks, folder = name }) => [name, hooks, folder] as const,
    ),
  )(
    'of the part %s is one root file of Terraform and one part of the CDK, with the same hooks',
    (name, hooks, folder) => {
      expect(name).toMatch(/^[a-z]+$/);
      const terraform = read(folder, `terraform/${name}.tf`);
      const cdk = read(folder, `cdk/lib/parts/${name}.ts`);
      expect(cdk).toContain(`export const ${name}: Part =`);
      for (const hook of ['environment', 'permissions', 'alarms'] as const) {
        const isUsed = hooks.includes(hook);
        expect([hook, terraform.includes(`${name}_${hook} =`)]).toEqual([
          hook,
          isUsed,
        ]);
        expect([hook, cdk.includes(`${hook}:`)]).toEqual([hook, isUsed]);
      }
    },
  );
});

describe('combinations', () => {
  it('sample every value of every option with choices, and all valid pairs', () => {
    const sampled = sampledCombinations();
    for (const [name, option] of Object.entries(trackedService.options)) {
      const values = new Set(
        sampled.map(({ answers }) => answers[name] ?? option.default),
      );
      const choices =
        option.type === 'boolean'
          ? [true, false]
          : (option.choices ?? []).map(choice => choice.value);
      for (const value of name === 'region' ? [] : choices) {
        expect(values).toContain(value);
      }
    }
    expect(sampled.every(({ answers }) => !valid(answers).length)).toBe(true);
    expect(pairwiseCombinations()).toEqual(pairwiseCombinations());
  });

  it('include every valid combination of the structural options once', () => {
    const names = new Set<string>();
    let count = 0;
    for (const { answers } of allCombinations()) {
      names.add(JSON.stringify(answers));
      count += 1;
    }
    // 10368 = 2 · 3 · 2 · 2 · 2 · 3 · 3 · 3 · 2 · 2 · 2, minus the two of nine pairs of pipeline and publishing location
    // that exclude each other.
    const ofTracker = (10368 * 7) / 9;
    // The storefront allows one of two caches.
    const ofStorefront = ofTracker / 2;
    // The notifications service allows one of two caches, and no scaling by active users.
    const ofNotifications = ofTracker / 4;
    expect(count).toBe(ofTracker + ofStorefront + ofNotifications);
    expect(names.size).toBe(count);
  });
});
