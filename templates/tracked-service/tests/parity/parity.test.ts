import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyInfrastructure } from '../copyInfrastructure';
import { STAND_IN_ACCOUNT_ID } from '../fake-aws/behaviour';
import { hasTerraform, Terraform } from '../fake-aws/Terraform';
import { CdkApp, writeConfig } from './CdkApp';
import { CloudFormationTemplate } from './cloudformation/CloudFormationTemplate';
import { readCloudFormationModel } from './cloudformation/readCloudFormationModel';
import type { InfrastructureModel } from './InfrastructureModel';
import {
  optionSetsFor,
  terraformVariables,
  type OptionSet,
  type Settings,
} from './optionSets';
import { findViolations } from './policy';
import {
  folderOfCopy,
  synthesizeCopies,
  type Synthesis,
} from './synthesizeCopies';
import { readTerraformModel } from './terraform/readTerraformModel';
import { TerraformState } from './terraform/TerraformState';

const describeTerraform = hasTerraform() ? describe : describe.skip;

jest.setTimeout(300_000);

/** Applied to the stand-in, so that references have values and policies can be read. */
async function terraformModel({
  answers,
  settings,
}: OptionSet): Promise<InfrastructureModel> {
  const terraform = await Terraform.prepare(answers);
  try {
    await terraform.writeVariables(terraformVariables(settings));
    const apply = await terraform.run(
      'apply',
      '-input=false',
      '-auto-approve',
      '-state=parity.tfstate',
    );
    expect(apply.output).toContain('Apply complete!');
    const show = await terraform.run('show', '-json', 'parity.tfstate');
    return readTerraformModel(
      new TerraformState(show.stdout),
      String(settings.entityRef),
    );
  } finally {
    await terraform.dispose();
  }
}

const SETS = (['asg', 'ecs', 'kubernetes'] as const).flatMap(compute =>
  optionSetsFor(compute).map((set, index) => ({
    ...set,
    name: `${compute}, ${set.name}`,
    copy: `${compute}-${index}`,
    snapshot: set.snapshot && `${compute}-${set.snapshot}`,
  })),
);

/** All sets, each by its copy. */
async function synthesizeAll(): Promise<ReadonlyMap<string, Synthesis>> {
  const app = await CdkApp.prepare();
  try {
    for (const { copy, answers, settings } of SETS) {
      const folder = folderOfCopy(app, copy);
      await copyInfrastructure({ iac: 'cdk', answers, folder });
      await writeConfig(folder, settings);
    }
    return await synthesizeCopies(
      app,
      SETS.map(({ copy, settings }) => ({ name: copy, settings })),
    );
  } finally {
    await app.dispose();
  }
}

function cdkModel(template: any, settings: Settings): InfrastructureModel {
  return readCloudFormationModel(
    new CloudFormationTemplate(template, {
      accountId: STAND_IN_ACCOUNT_ID,
      region: String(settings.region),
    }),
    String(settings.entityRef),
  );
}

/** What a change of the code changes in a running stack. */
function withoutAnalytics({ Resources, ...rest }: Record<string, any>) {
  // It lists the CDK's own constructs in their order, and no stack depends on it.
  const { CDKMetadata: _, ...resources } = Resources;
  return { ...rest, Resources: resources };
}

/** The reviewed template: its diff shows what a change of the code does to a running stack. */
function expectReviewed(created: Record<string, any>, name: string): void {
  const template = withoutAnalytics(created);
  const file = path.join(__dirname, 'snapshots', name);
  if (process.env.UPDATE_SNAPSHOT) {
    writeFileSync(file, `${JSON.stringify(template, null, 1)}\n`);
  }
  expect(existsSync(file)).toBe(true);
  expect(template).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}

describeTerraform('Terraform and CDK', () => {
  let syntheses: ReadonlyMap<string, Synthesis>;
  beforeAll(async () => {
    syntheses = await synthesizeAll();
  });

  it.each(SETS)(
    'both create the same with $name, and violate no rule',
    async set => {
      const { settings, snapshot } = set;
      const environment = String(settings.environment);
      const { error, report, template } = syntheses.get(set.copy)!;
      expect(error).toBeUndefined();
      expect(
        report?.pluginReports.filter(each => each.conclusion !== 'success'),
      ).toEqual([]);
      const fromTerraform = await terraformModel(set);
      const fromCdk = cdkModel(template, settings);

      expect(fromCdk).toEqual(fromTerraform);
      expect(findViolations(fromTerraform, environment)).toEqual([]);
      expect(findViolations(fromCdk, environment)).toEqual([]);
      if (snapshot) expectReviewed(template, snapshot);
    },
  );

  it("create the same when the CDK's command line runs the app", async () => {
    const { answers, settings, copy } = SETS[0];
    const app = await CdkApp.prepare(answers);
    try {
      const template = await app.synthesize(settings);
      expect(withoutAnalytics(template)).toEqual(
        withoutAnalytics(syntheses.get(copy)!.template),
      );
    } finally {
      await app.dispose();
    }
  });
});
