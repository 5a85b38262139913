import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InfrastructureModel } from '../../tests/parity/InfrastructureModel';
import {
  terraformVariables,
  type Settings,
} from '../../tests/parity/optionSets';
import { readTerraformModel } from '../../tests/parity/terraform/readTerraformModel';
import { TerraformState } from '../../tests/parity/terraform/TerraformState';
import { Terraform } from '../../tests/fake-aws/Terraform';
import { mutate, type Catch, type Mutation } from './Mutation';
import { catchesOf, type Subject } from './Subject';

/**
 * Terraform itself with the stand-in of the AWS provider. Each mistake is planned and applied, so that policies that
 * refer to other resources can be read.
 */
export class TerraformSubject implements Subject {
  readonly #terraform: Terraform;
  readonly #copies: string;
  readonly #settings: Settings;
  #unchanged!: InfrastructureModel;
  #runs = 0;

  private constructor(
    terraform: Terraform,
    copies: string,
    settings: Settings,
  ) {
    this.#terraform = terraform;
    this.#copies = copies;
    this.#settings = settings;
  }

  static async prepare(
    repository: string,
    settings: Settings,
  ): Promise<TerraformSubject> {
    const terraform = await Terraform.prepare(
      join(repository, 'infra/terraform'),
    );
    const subject = new TerraformSubject(
      terraform,
      await mkdtemp(join(tmpdir(), 'mutations-terraform-')),
      settings,
    );
    await terraform.writeVariables(terraformVariables(settings));
    const model = await subject.#model();
    if (!('network' in model)) {
      throw new Error(`Terraform rejects the rendered code: ${model.message}`);
    }
    subject.#unchanged = model;
    return subject;
  }

  async checkUnchanged(): Promise<Catch[]> {
    await this.#keep(undefined);
    return catchesOf(this.#unchanged, this.#unchanged);
  }

  async check(mutation: Mutation): Promise<Catch[]> {
    const undo = mutate(this.#terraform.folder, mutation);
    try {
      await this.#keep(mutation);
      const model = await this.#model();
      if (!('network' in model)) return [model];
      const catches = catchesOf(model, this.#unchanged);
      return catches.some(({ catcher }) => catcher === mutation.expected)
        ? catches
        : [...(await this.#ownTests()), ...catches];
    } finally {
      undo();
    }
  }

  folderOf(mutation: Mutation | undefined): string {
    return join(this.#copies, folderName(mutation));
  }

  async dispose(): Promise<void> {
    await this.#terraform.dispose();
    await rm(this.#copies, { recursive: true, force: true });
  }

  async #model(): Promise<InfrastructureModel | Catch> {
    this.#runs += 1;
    const state = `-state=mutation-${this.#runs}.tfstate`;
    const apply = await this.#terraform.run(
      'apply',
      '-input=false',
      '-auto-approve',
      state,
    );
    if (apply.exitCode !== 0) {
      const [message = apply.output] = /^Error: .*/m.exec(apply.output) ?? [];
      return { catcher: 'terraform', message };
    }
    const show = await this.#terraform.run(
      'show',
      '-json',
      `mutation-${this.#runs}.tfstate`,
    );
    return readTerraformModel(
      new TerraformState(show.stdout),
      String(this.#settings.entityRef),
    );
  }

  /** The tests of the repository itself. */
  async #ownTests(): Promise<Catch[]> {
    const { exitCode, output } = await this.#terraform.run('test');
    if (exitCode === 0) return [];
    const [message = 'a test failed'] = /^Error: .*/m.exec(output) ?? [];
    return [{ catcher: 'terraform test', message }];
  }

  async #keep(mutation: Mutation | undefined): Promise<void> {
    await cp(this.#terraform.folder, this.folderOf(mutation), {
      recursive: true,
      filter: source => !/\.terraform|\.tfstate|\/tests(\/|$)/.test(source),
    });
  }
}

/** A folder's name from a mutation's. */
export function folderName(mutation: Mutation | undefined): string {
  return (mutation?.name ?? 'unchanged').replace(/\W+/g, '-');
}
