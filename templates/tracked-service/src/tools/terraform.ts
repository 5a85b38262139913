import { Terraform, hasTerraform } from '../../tests/fake-aws/Terraform';
import { EXAMPLE_VARIABLES } from '../../tests/fake-aws/exampleVariables';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './Report';
import { problemsOf, runTool } from './runTool';

/** Values that a deployment must set itself, because the form does not ask for them. */
const GIVEN_AT_DEPLOYMENT = {
  environment: EXAMPLE_VARIABLES.environment,
  image: EXAMPLE_VARIABLES.image,
  certificate_arn: EXAMPLE_VARIABLES.certificate_arn,
  host_name: EXAMPLE_VARIABLES.host_name,
};

/** Checks format, types, tests and a plan with Terraform itself. */
export async function checkTerraform(
  directory: string,
  report: Report,
): Promise<string[]> {
  if (!hasTerraform()) {
    report.skip('G1 Terraform: not installed');
    return [];
  }
  report.standIn(
    'G1 Terraform: Terraform itself against a stand-in of the AWS provider that has its schema, without an account',
  );
  const configuration = join(directory, 'infra/terraform');
  // Without a way to the cluster, Terraform makes no plan.
  const given = existsSync(join(configuration, 'tests/cluster.tftest.hcl'))
    ? { ...GIVEN_AT_DEPLOYMENT, cluster_private_access_cidrs: ['10.7.0.0/24'] }
    : GIVEN_AT_DEPLOYMENT;
  const format = await problemsOf(
    'terraform fmt',
    runTool('terraform', ['fmt', '-check', '-recursive', '-diff'], {
      cwd: configuration,
    }),
  );
  const terraform = await Terraform.prepare(configuration);
  try {
    const problems = [...format];
    for (const command of [
      ['validate'],
      ['test'],
      [
        'plan',
        '-input=false',
        '-lock=false',
        '-var-file=environments/production.tfvars',
        '-var-file=plan.tfvars.json',
      ],
    ]) {
      await terraform.write('plan.tfvars.json', JSON.stringify(given));
      problems.push(
        ...(await problemsOf(
          `terraform ${command[0]}`,
          terraform.run(...command),
        )),
      );
    }
    return problems;
  } finally {
    await terraform.dispose();
  }
}
