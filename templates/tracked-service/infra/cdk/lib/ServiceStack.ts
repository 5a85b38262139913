import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { AccessLogs } from './AccessLogs.ts';
import { acknowledge } from './acknowledge.ts';
import { Compute } from './compute/Compute.ts';
import { Database } from './Database.ts';
import { Encryption } from './Encryption.ts';
import { LoadBalancer } from './LoadBalancer.ts';
import {
  fullName as fullNameOf,
  PORTS,
  shortName as shortNameOf,
} from './names.ts';
import { Migration } from './Migration.ts';
import { Network } from './Network.ts';
import { Notifications } from './Notifications.ts';
import { Observability } from './Observability.ts';
import type {
  PartContext,
  PartResult,
  ServicePartResult,
} from './parts/Part.ts';
import { PARTS } from './parts/parts.ts';
import { PortalAccess } from './PortalAccess.ts';
import { requireBeforeDeployment } from './requireBeforeDeployment.ts';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Properties of {@link ServiceStack}. */
export interface ServiceStackProps extends StackProps {
  readonly settings: ServiceSettings;
}

/** One environment of the service: network, load balancer, instances, database and the selected options. */
export class ServiceStack extends Stack {
  readonly #settings: ServiceSettings;

  constructor(
    scope: Construct,
    id: string,
    { settings, ...props }: ServiceStackProps,
  ) {
    super(scope, id, {
      description: `${settings.entityRef}, ${settings.environment}`,
      ...props,
      env: { ...props.env, region: settings.region },
      terminationProtection: settings.deletionProtection,
    });
    this.#settings = settings;
    const fullName = fullNameOf(settings);
    const shortName = shortNameOf(settings);

    if (settings.certificateArn.includes(':000000000000:')) {
      requireBeforeDeployment(
        this,
        'placeholderCertificate',
        `certificateArn in config/environments/${settings.environment}.json is still the placeholder: this stack cannot be deployed (README.md, "Before the first deployment")`,
      );
    }

    // The portal links a resource to a catalog entity only if the resource has this tag.
    Tags.of(this).add('cloudtrace:entity-ref', settings.entityRef);
    Tags.of(this).add('cloudtrace:environment', settings.environment);
    Tags.of(this).add('managed-by', 'cdk');

    // Made by infra/bootstrap: what any role of this stack may do at most.
    iam.PermissionsBoundary.of(this).apply(
      iam.ManagedPolicy.fromManagedPolicyName(
        this,
        'PermissionsBoundary',
        `${fullName}-boundary`,
      ),
    );

    const { key: encryptionKey } = new Encryption(this, 'Encryption', {
      fullName,
    });
    const network = new Network(this, 'Network', {
      fullName,
      settings,
      encryptionKey,
    });
    const { topic } = new Notifications(this, 'Notifications', {
      fullName,
      alarmEmail: settings.alarmEmail,
      encryptionKey,
    });
    const accessLogs = new AccessLogs(this, 'AccessLogs', {
      keepLogs: settings.deletionProtection,
    });
    const loadBalancer = new LoadBalancer(this, 'LoadBalancer', {
      shortName,
      settings,
      network,
      accessLogsBucket: accessLogs.bucket,
    });
    const serviceSecurityGroup = new ec2.SecurityGroup(
      this,
      'ServiceSecurityGroup',
      {
        vpc: network.vpc,
        description:
          'Instances: requests from the load balancer, outbound HTTPS and data stores',
        allowAllOutbound: false,
      },
    );
    const database = new Database(this, 'Database', {
      fullName,
      settings,
      network,
      serviceSecurityGroup,
      encryptionKey,
      topic,
    });
    const ingestToken = this.#ingestToken(fullName, encryptionKey);
    const context: PartContext = {
      stack: this,
      fullName,
      shortName,
      settings,
      network,
      loadBalancer,
      accessLogsBucket: accessLogs.bucket,
      encryptionKey,
      topic,
      serviceSecurityGroup,
      ingestTokenSecretArn: ingestToken.ref,
    };
    const used: PartResult[] = PARTS.map(
      part => part.createBeforeService?.(context) ?? {},
    );
    const databaseLogin = this.#databaseLogin(fullName, encryptionKey);
    const migration = new Migration(this, 'Migration', {
      fullName,
      settings,
      network,
      database,
      applicationSecretArn: databaseLogin.ref,
      encryptionKey,
    });
    const dataSecretArns =
      settings.secretsBackend === 'vault' ? [] : [databaseLogin.ref];
    const dataEnvironment = this.#dataEnvironment({
      fullName,
      database,
      databaseSecretArn: databaseLogin.ref,
      used,
    });
    const portalAccess = settings.portalAccountId
      ? new PortalAccess(this, 'PortalAccess', {
          fullName,
          portalAccountId: settings.portalAccountId,
          portalExternalId: settings.portalExternalId,
        })
      : undefined;
    const compute = new Compute(this, 'Compute', {
      fullName,
      settings,
      network,
      loadBalancer,
      securityGroup: serviceSecurityGroup,
      encryptionKey,
      topic,
      portalRole: portalAccess?.role,
      ingestTokenSecretArn: ingestToken.ref,
      dataSecretArns,
      dataEnvironment,
      permissions: used.flatMap(({ permissions = [] }) => permissions),
    });
    const around: ServicePartResult[] = PARTS.map(
      part =>
        part.createAfterService?.({
          ...context,
          database,
          compute,
          dataEnvironment,
          dataSecretArns,
        }) ?? {},
    );
    new Observability(this, 'Observability', {
      fullName,
      topic,
      loadBalancer: loadBalancer.loadBalancer,
      targetGroup: loadBalancer.targetGroup,
      computeMetrics: compute.metrics,
      maxSize: settings.maxSize,
      databaseIdentifier: database.instance.instanceIdentifier,
      partAlarms: Object.assign(
        {},
        ...[...used, ...around].map(({ alarms }) => alarms),
      ),
    });

    this.#outputs({
      ServiceUrl: `https://${settings.hostName}`,
      Image: settings.image,
      LoadBalancerDnsName: loadBalancer.loadBalancer.loadBalancerDnsName,
      CloudtracePortalRoleArn: portalAccess?.role.roleArn,
      ...compute.outputs,
      TargetGroupArn: loadBalancer.targetGroup.targetGroupArn,
      DatabaseIdentifier: database.instance.instanceIdentifier,
      IngestTokenSecretArn: ingestToken.ref,
      InstanceRoleArn: compute.role.roleArn,
      DashboardName: fullName,
      MigrationCluster: migration.cluster.clusterName,
      MigrationTaskDefinition: migration.taskDefinition.taskDefinitionArn,
      MigrationSubnets: network.vpc
        .selectSubnets(network.privateSubnets)
        .subnetIds.join(','),
      MigrationSecurityGroup: migration.securityGroup.securityGroupId,
      ...Object.assign({}, ...[...used, ...around].map(part => part.outputs)),
    });
  }

  /** Fixed, so that synthesis needs no AWS account. */
  override get availabilityZones(): string[] {
    return this.#settings.zones;
  }

  /** Created empty: the pipeline stores the token, so it is never in the template. */
  #ingestToken(
    fullName: string,
    encryptionKey: Encryption['key'],
  ): secretsmanager.CfnSecret {
    // Not the higher-level Secret, which always generates a value.
    const secret = new secretsmanager.CfnSecret(this, 'IngestToken', {
      name: `${fullName}/ingest-token`,
      description: `Token with which ${fullName} sends traces to the portal`,
      kmsKeyId: encryptionKey.keyArn,
    });
    acknowledge(secret, {
      SMG4: 'The portal issues and rotates this token: it keeps two of them valid while a new one is rolled out.',
    });
    return secret;
  }

  /** Created empty: the migration writes the login of the service, and a new password at each deployment. */
  #databaseLogin(
    fullName: string,
    encryptionKey: Encryption['key'],
  ): secretsmanager.CfnSecret {
    const secret = new secretsmanager.CfnSecret(this, 'DatabaseLogin', {
      name: `${fullName}/database-login`,
      description: `Database login of ${fullName}, which may only read and write rows`,
      kmsKeyId: encryptionKey.keyArn,
    });
    acknowledge(secret, {
      SMG4: 'Each deployment rotates this login: the migration alternates between two users, so that running instances keep working.',
    });
    return secret;
  }

  /** How the service finds its data stores. With Vault, this has no credentials: the service leases its own. */
  #dataEnvironment({
    fullName,
    database,
    databaseSecretArn,
    used,
  }: {
    fullName: string;
    database: Database;
    databaseSecretArn: string;
    used: readonly PartResult[];
  }): Record<string, string> {
    return {
      DATABASE_HOST: database.instance.dbInstanceEndpointAddress,
      DATABASE_PORT: String(PORTS.database),
      DATABASE_NAME: database.databaseName,
      DATABASE_SSL: 'verify-full',
      DATABASE_CA_FILE: '/etc/service/rds-ca.pem',
      DATABASE_MIGRATE_ON_START: 'false',
      ...(this.#settings.secretsBackend === 'vault'
        ? {
            VAULT_ADDR: this.#settings.vaultAddress,
            VAULT_AUTH_METHOD: 'aws',
            VAULT_ROLE: fullName,
          }
        : { DATABASE_SECRET_ARN: databaseSecretArn }),
      ...Object.assign({}, ...used.map(({ environment }) => environment)),
    };
  }

  #outputs(values: Record<string, string | undefined>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
  }
}
