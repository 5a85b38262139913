import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EVERYTHING_ON, EXAMPLE_VARIABLES } from './exampleVariables';
import { hasTerraform, Terraform } from './Terraform';

const describeTerraform = hasTerraform() ? describe : describe.skip;

jest.setTimeout(120_000);

describeTerraform('infra/terraform against the AWS schema stand-in', () => {
  let terraform: Terraform;

  beforeEach(async () => {
    terraform = await Terraform.prepare();
  });
  afterEach(async () => {
    await terraform.dispose();
  });

  it('is formatted, valid and passes its own tests', async () => {
    const format = await terraform.run('fmt', '-check', '-recursive', '-diff');
    expect(format).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await terraform.run('validate')).toMatchObject({ exitCode: 0 });

    // Every command reads the service's file, whatever was selected.
    await terraform.write(
      'service.auto.tfvars.json',
      JSON.stringify({
        ...EVERYTHING_ON,
        secrets_backend: 'vault',
        vault_address: 'https://vault.example.com',
      }),
    );
    const tests = await terraform.run('test');
    expect(tests.output).toMatch(/Success! \d+ passed, 0 failed\./);
    expect(tests.exitCode).toBe(0);
  });

  it('applies with all options, then finds no changes, then finds manual changes', async () => {
    await terraform.writeVariables(EVERYTHING_ON);
    const apply = await terraform.run('apply', '-input=false', '-auto-approve');
    expect(apply.output).toMatch(/Apply complete! Resources: \d+ added/);
    expect(apply.output).toContain('stand-in (hashicorp/aws 6.66.0 from');
    expect(apply.output).toContain('not AWS');

    const unchanged = await terraform.run('plan', '-detailed-exitcode');
    expect(unchanged.output).toContain('No changes.');
    expect(unchanged.exitCode).toBe(0);

    terraform.standIn.drift = { aws_autoscaling_group: { min_size: 1 } };
    const drifted = await terraform.run('plan', '-detailed-exitcode');
    expect(drifted.output).toMatch(/min_size\s+= 1 -> 2/);
    expect(drifted.exitCode).toBe(2);
  });

  it('rejects a placeholder certificate before planning', async () => {
    await terraform.writeVariables({
      ...EXAMPLE_VARIABLES,
      certificate_arn:
        'arn:aws:acm:eu-central-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
    });
    const plan = await terraform.run('plan', '-input=false');
    expect(plan.exitCode).toBe(1);
    expect(plan.output).toContain('certificate_arn is still the placeholder.');
  });

  it.each([
    ['production', ['certificate_arn is still the placeholder']],
    ['staging', ['certificate_arn is still the placeholder']],
  ])(
    'needs only a certificate in environments/%s.tfvars',
    async (environment, missing) => {
      const { name, entity_ref, region, zones, image } = EXAMPLE_VARIABLES;
      await terraform.writeVariables({ name, entity_ref, region, zones });
      const plan = await terraform.run(
        'plan',
        `-var-file=environments/${environment}.tfvars`,
        `-var=image=${image}`,
      );
      const errors = plan.output.match(/^Error: .*$/gm);
      expect(errors).toHaveLength(missing.length);
      missing.forEach(text => expect(plan.output).toContain(text));
    },
  );

  describe('faults that the schema detects', () => {
    const FAULTS: [string, string, string, string, RegExp][] = [
      [
        'a misspelt argument',
        'modules/database/main.tf',
        'multi_az               = true',
        'multi_azz              = true',
        /An argument named "multi_azz" is not expected here. Did you mean "multi_az"\?/,
      ],
      [
        'a missing required argument',
        'modules/compute/main.tf',
        '  max_size = var.max_size\n',
        '',
        /The argument "max_size" is required/,
      ],
      [
        'a value of the wrong type',
        'modules/database/main.tf',
        'multi_az               = true',
        'multi_az               = ["yes"]',
        /Inappropriate value for attribute "multi_az": bool required/,
      ],
      [
        'an unknown resource type',
        'modules/network/main.tf',
        'resource "aws_internet_gateway" "this"',
        'resource "aws_internet_gate" "this"',
        /does not support resource type "aws_internet_gate"/,
      ],
      [
        'an undeclared variable',
        'modules/database/main.tf',
        'var.instance_class',
        'var.instance_clas',
        /An input variable with the name "instance_clas" has not been declared/,
      ],
      [
        'an attribute that the referenced resource does not have',
        'modules/database/main.tf',
        'aws_db_instance.this.address',
        'aws_db_instance.this.hostname',
        /This object has no argument, nested block, or exported attribute named "hostname"/,
      ],
      [
        'an unknown nested block',
        'modules/load-balancer/main.tf',
        'access_logs {',
        'access_log {',
        /Blocks of type "access_log" are not expected here/,
      ],
      [
        'a second block where one is allowed',
        'modules/compute/main.tf',
        '  monitoring {\n    enabled = true\n  }\n',
        '  monitoring {\n    enabled = true\n  }\n  monitoring {\n    enabled = true\n  }\n',
        /No more than 1 "monitoring" blocks are allowed/,
      ],
      [
        'a value for what only AWS decides',
        'modules/database/main.tf',
        '  engine                     = "postgres"\n',
        '  engine                     = "postgres"\n  endpoint = "db"\n',
        /Can't configure a value for "endpoint"/,
      ],
      [
        'a module argument that is not there',
        'main.tf',
        '  full_name   = local.full_name\n  alarm_email = var.alarm_email',
        '  full_name   = local.full_name\n  alarm_mail = var.alarm_email',
        /An argument named "alarm_mail" is not expected here/,
      ],
    ];

    it.each(FAULTS)('%s', async (_name, file, from, to, expected) => {
      const text = await readFile(path.join(terraform.folder, file), 'utf8');
      expect(text).toContain(from);
      await terraform.write(file, text.replace(from, to));

      const { exitCode, output } = await terraform.run('validate');
      expect(output).toMatch(expected);
      expect(exitCode).toBe(1);
    });
  });
});
