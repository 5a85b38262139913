import { STAND_IN_ACCOUNT_ID } from '../fake-aws/behaviour';
import { hasTerraform, Terraform } from '../fake-aws/Terraform';
import { CdkApp } from './CdkApp';
import { CloudFormationTemplate } from './cloudformation/CloudFormationTemplate';
import { readCloudFormationModel } from './cloudformation/readCloudFormationModel';
import type { InfrastructureModel } from './InfrastructureModel';
import { optionSetsFor, terraformVariables, type Settings } from './optionSets';
import { findViolations } from './policy';
import { readTerraformModel } from './terraform/readTerraformModel';
import { TerraformState } from './terraform/TerraformState';

const describeTerraform = hasTerraform() ? describe : describe.skip;

jest.setTimeout(300_000);

describeTerraform.each(['asg', 'ecs'] as const)(
  'Terraform and CDK, %s',
  compute => {
    let terraform: Terraform;
    let cdk: CdkApp;

    beforeAll(async () => {
      [terraform, cdk] = await Promise.all([
        Terraform.prepare({ compute }),
        CdkApp.prepare({ compute }),
      ]);
    });
    afterAll(async () => {
      await Promise.all([terraform?.dispose(), cdk?.dispose()]);
    });

    /** Applied to the stand-in, so that references have values and policies can be read. */
    async function terraformModel(
      settings: Settings,
    ): Promise<InfrastructureModel> {
      await terraform.writeVariables(terraformVariables(settings));
      const apply = await terraform.run(
        'apply',
        '-input=false',
        '-auto-approve',
        '-state=parity.tfstate',
      );
      expect(apply.output).toContain('Apply complete!');
      const show = await terraform.run('show', '-json', 'parity.tfstate');
      await terraform.run(
        'destroy',
        '-input=false',
        '-auto-approve',
        '-state=parity.tfstate',
      );
      return readTerraformModel(
        new TerraformState(show.stdout),
        String(settings.entityRef),
      );
    }

    async function cdkModel(settings: Settings): Promise<InfrastructureModel> {
      const template = new CloudFormationTemplate(
        await cdk.synthesize(settings),
        {
          accountId: STAND_IN_ACCOUNT_ID,
          region: String(settings.region),
        },
      );
      return readCloudFormationModel(template, String(settings.entityRef));
    }

    it.each(optionSetsFor(compute))(
      'both create the same with %s, and violate no rule',
      async (_name, settings) => {
        const environment = String(settings.environment);
        const fromTerraform = await terraformModel(settings);
        const fromCdk = await cdkModel(settings);

        expect(fromCdk).toEqual(fromTerraform);
        expect(findViolations(fromTerraform, environment)).toEqual([]);
        expect(findViolations(fromCdk, environment)).toEqual([]);
      },
    );
  },
);
