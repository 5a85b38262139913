import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CustomResource, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { PartContext } from '../parts/Part.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';

const READ_ADDRESSES = path.join(import.meta.dirname, 'readAddresses.cjs');

/** Properties of {@link BrokerAddresses}. */
export interface BrokerAddressesProps
  extends Pick<PartContext, 'fullName' | 'settings' | 'encryptionKey'> {
  readonly clusterArn: string;
}

/** The addresses of the brokers, which CloudFormation itself cannot read: a function does during a deployment. */
export class BrokerAddresses extends Construct {
  /** Separated by commas, for SASL/SCRAM over TLS. */
  readonly addresses: string;

  constructor(scope: Construct, id: string, props: BrokerAddressesProps) {
    super(scope, id);
    const logGroup = serviceLogGroup(this, 'LogGroup', {
      logGroupName: `/cloudtrace/${props.fullName}/broker-addresses`,
      retentionDays: props.settings.logRetentionDays,
      encryptionKey: props.encryptionKey,
    });
    const role = this.#role(logGroup);
    const handler = new lambda.Function(this, 'Function', {
      description: 'Reads the addresses of the brokers',
      role,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      // In the template itself, which then needs no uploaded file.
      code: lambda.Code.fromInline(readFileSync(READ_ADDRESSES, 'utf8')),
      timeout: Duration.seconds(60),
      loggingFormat: lambda.LoggingFormat.TEXT,
      logGroup,
    });
    const addresses = new CustomResource(this, 'Addresses', {
      resourceType: 'Custom::BrokerAddresses',
      serviceToken: handler.functionArn,
      properties: { ClusterArn: props.clusterArn },
    });
    // Otherwise the function would run before it may read anything.
    addresses.node.addDependency(role);
    this.addresses = addresses.getAttString('Addresses');
  }

  #role(logGroup: logs.LogGroup): iam.Role {
    const role = new iam.Role(this, 'Role', {
      description: 'Reads the addresses of the brokers during a deployment',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    const allow = (sid: string, actions: string[], resource: string) =>
      role.addToPolicy(
        new iam.PolicyStatement({ sid, actions, resources: [resource] }),
      );
    allow('ReadAddresses', ['kafka:GetBootstrapBrokers'], '*');
    allow(
      'WriteLogs',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      logGroup.logGroupArn,
    );
    acknowledge(role, {
      'IAM5[Resource::*]': 'kafka:GetBootstrapBrokers does not support resource-level permissions.',
    });
    return role;
  }
}
