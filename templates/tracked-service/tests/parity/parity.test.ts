import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { STAND_IN_ACCOUNT_ID } from '../fake-aws/behaviour';
import { hasTerraform, Terraform } from '../fake-aws/Terraform';
import { CdkApp } from './CdkApp';
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

async function synthesize({ answers, settings }: OptionSet): Promise<any> {
  const cdk = await CdkApp.prepare(answers);
  try {
    return await cdk.synthesize(settings);
  } finally {
    await cdk.dispose();
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

/** The reviewed template: its diff shows what a change of the code does to a running stack. */
function expectReviewed(
  { Resources, ...rest }: Record<string, any>,
  name: string,
): void {
  // It lists the CDK's own constructs in their order, and no stack depends on it.
  const { CDKMetadata: _, ...resources } = Resources;
  const template = { ...rest, Resources: resources };
  const file = path.join(__dirname, 'snapshots', name);
  if (process.env.UPDATE_SNAPSHOT) {
    writeFileSync(file, `${JSON.stringify(template, null, 1)}\n`);
  }
  expect(existsSync(file)).toBe(true);
  expect(template).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}

describeTerraform.each(['asg', 'ecs', 'kubernetes'] as const)(
  'Terraform and CDK, %s',
  compute => {
    it.each(optionSetsFor(compute))(
      'both create the same with $name, and violate no rule',
      async set => {
        const { settings, snapshot } = set;
        const environment = String(settings.environment);
        const template = await synthesize(set);
        const fromTerraform = await terraformModel(set);
        const fromCdk = cdkModel(template, settings);

        expect(fromCdk).toEqual(fromTerraform);
        expect(findViolations(fromTerraform, environment)).toEqual([]);
        expect(findViolations(fromCdk, environment)).toEqual([]);
        if (snapshot) expectReviewed(template, `${compute}-${snapshot}`);
      },
    );
  },
);
