import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { STAND_IN_ACCOUNT_ID } from '../../tests/fake-aws/behaviour';
import { CdkApp, writeConfig } from '../../tests/parity/CdkApp';
import { CloudFormationTemplate } from '../../tests/parity/cloudformation/CloudFormationTemplate';
import { readCloudFormationModel } from '../../tests/parity/cloudformation/readCloudFormationModel';
import type { InfrastructureModel } from '../../tests/parity/InfrastructureModel';
import type { Settings } from '../../tests/parity/optionSets';
import {
  folderOfCopy,
  folderOfSynthesis,
  synthesizeCopies,
  type AppCopy,
  type Synthesis,
} from '../../tests/parity/synthesizeCopies';
import { mutate, type Catch, type Catcher, type Mutation } from './Mutation';
import { catchesOf, type Subject } from './Subject';
import { folderName } from './TerraformSubject';

const PARTS = ['bin', 'config', 'lib', 'cdk.json', 'package.json'];

/** Catchers by the name of the CDK's validation plugin. */
const PLUGINS: Readonly<Record<string, Catcher>> = {
  AwsSolutions: 'cdk-nag',
};

/** The CDK itself: all mistakes are synthesised in one process, each from its own copy of the app. */
export class CdkSubject implements Subject {
  readonly #app: CdkApp;
  readonly #settings: Settings;
  #results!: ReadonlyMap<string, Synthesis>;
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
    return folderOfSynthesis(this.#app, folderName(mutation));
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
    const copies: AppCopy[] = [];
    for (const mutation of [undefined, ...mutations]) {
      const name = folderName(mutation);
      const copy = folderOfCopy(this.#app, name);
      mkdirSync(copy, { recursive: true });
      for (const part of PARTS) {
        cpSync(join(this.#app.folder, part), join(copy, part), {
          recursive: true,
        });
      }
      await writeConfig(copy, this.#settings);
      if (mutation) mutate(copy, mutation);
      copies.push({ name, settings: this.#settings });
    }
    this.#results = await synthesizeCopies(this.#app, copies);
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
