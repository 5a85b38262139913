import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { STAND_IN_ACCOUNT_ID } from '../../tests/fake-aws/behaviour';
import { CdkApp, writeUnbuiltFunction } from '../../tests/parity/CdkApp';
import { CloudFormationTemplate } from '../../tests/parity/cloudformation/CloudFormationTemplate';
import { readCloudFormationModel } from '../../tests/parity/cloudformation/readCloudFormationModel';
import type { InfrastructureModel } from '../../tests/parity/InfrastructureModel';
import type { Settings } from '../../tests/parity/optionSets';
import { templateDirectory } from '../paths';
import { mutate, type Catch, type Catcher, type Mutation } from './Mutation';
import { catchesOf, type Subject } from './Subject';
import { folderName } from './TerraformSubject';

const PARTS = ['bin', 'config', 'lib', 'cdk.json', 'package.json'];

/** Catchers by the name of the CDK's validation plugin. */
const PLUGINS: Readonly<Record<string, Catcher>> = {
  AwsSolutions: 'cdk-nag',
};

interface Result {
  readonly error?: string;
  readonly report?: {
    readonly pluginReports: readonly {
      readonly pluginName: string;
      readonly violations: readonly {
        readonly ruleName: string;
        readonly description: string;
      }[];
    }[];
  };
  readonly template?: any;
}

/**
 * The CDK itself: all mistakes are synthesised in one process, each from its own copy of the app, because loading the
 * CDK takes ten times as long as a synthesis.
 */
export class CdkSubject implements Subject {
  readonly #app: CdkApp;
  readonly #settings: Settings;
  readonly #results = new Map<string, Result>();
  #unchanged!: InfrastructureModel;

  private constructor(app: CdkApp, settings: Settings) {
    this.#app = app;
    this.#settings = settings;
  }

  static async prepare(
    repository: string,
    mutations: readonly Mutation[],
    settings: Settings,
  ): Promise<CdkSubject> {
    const app = await CdkApp.prepare(join(repository, 'infra/cdk'));
    const subject = new CdkSubject(app, settings);
    await subject.#synthesize(mutations);
    const { template, error } = subject.#results.get(folderName(undefined))!;
    if (!template) {
      throw new Error(`The CDK rejects the rendered code: ${error}`);
    }
    subject.#unchanged = modelOf(template, settings);
    return subject;
  }

  async checkUnchanged(): Promise<Catch[]> {
    return this.#catches(undefined);
  }

  async check(mutation: Mutation): Promise<Catch[]> {
    return this.#catches(mutation);
  }

  folderOf(mutation: Mutation | undefined): string {
    return join(this.#app.folder, 'out', folderName(mutation));
  }

  async dispose(): Promise<void> {
    await this.#app.dispose();
  }

  #catches(mutation: Mutation | undefined): Catch[] {
    const { error, report, template } = this.#results.get(
      folderName(mutation),
    )!;
    const found = (report?.pluginReports ?? []).flatMap(
      ({ pluginName, violations }) =>
        violations.map(({ ruleName, description }) => ({
          catcher: PLUGINS[pluginName] ?? ('strict validation' as const),
          message: `${ruleName}: ${description.slice(0, 160)}`,
        })),
    );
    if (template) return [...found, ...this.#modelCatches(template)];
    return found.length > 0
      ? found
      : [{ catcher: 'settings', message: String(error) }];
  }

  #modelCatches(template: any): Catch[] {
    try {
      return catchesOf(modelOf(template, this.#settings), this.#unchanged);
    } catch (error) {
      // Something that both tools always create is missing.
      return [{ catcher: 'parity', message: String(error) }];
    }
  }

  async #synthesize(mutations: readonly Mutation[]): Promise<void> {
    const { folder } = this.#app;
    const { environment, image, ...rest } = this.#settings;
    writeFileSync(join(folder, 'config/service.json'), JSON.stringify(rest));
    writeFileSync(
      join(folder, `config/environments/${environment}.json`),
      '{}',
    );
    await writeUnbuiltFunction(join(folder, 'mutations'));
    const names = [undefined, ...mutations].map(mutation => {
      const copy = join(folder, 'mutations', folderName(mutation));
      mkdirSync(copy, { recursive: true });
      for (const part of PARTS) {
        cpSync(join(folder, part), join(copy, part), { recursive: true });
      }
      if (mutation) mutate(copy, mutation);
      return folderName(mutation);
    });
    cpSync(
      join(templateDirectory, 'src/mutations/synthesizeCopies.mjs'),
      join(folder, 'synthesizeCopies.mjs'),
    );
    writeFileSync(
      join(folder, 'copies.json'),
      JSON.stringify({ names, environment, image }),
    );
    await this.#app.run('tsx', 'synthesizeCopies.mjs');
    for (const name of names) this.#results.set(name, this.#read(name));
  }

  #read(name: string): Result {
    const out = join(this.#app.folder, 'out', name);
    const json = (file: string) =>
      existsSync(join(out, file))
        ? JSON.parse(readFileSync(join(out, file), 'utf8'))
        : undefined;
    return {
      error: json('error.json')?.message,
      report: json('validation-report.json'),
      template: json('Service.template.json'),
    };
  }
}

function modelOf(template: any, settings: Settings): InfrastructureModel {
  return readCloudFormationModel(
    new CloudFormationTemplate(template, {
      accountId: STAND_IN_ACCOUNT_ID,
      region: String(settings.region),
    }),
    String(settings.entityRef),
  );
}
