import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { generatedLogin } from './generatedLogin.ts';

/** Properties of {@link BrokerLogin}. */
export interface BrokerLoginProps {
  /** Service and environment: the name of the user. */
  readonly fullName: string;
  readonly cluster: msk.CfnCluster;
  readonly encryptionKey: kms.IKey;
}

/** The login of the service at the broker, in a secret that the broker reads. */
export class BrokerLogin extends Construct {
  readonly secretArn: string;

  constructor(scope: Construct, id: string, props: BrokerLoginProps) {
    super(scope, id);
    const { fullName, cluster } = props;
    const secret = generatedLogin(this, 'Secret', {
      // MSK accepts only secrets with this prefix and a key of the account.
      name: `AmazonMSK_${fullName}/broker-login`,
      description: `Login of ${fullName} at its broker`,
      username: fullName,
      encryptionKey: props.encryptionKey,
    });
    this.secretArn = secret.ref;
    // As MSK itself writes it with the association: another policy would be drift.
    const policy = new secretsmanager.CfnResourcePolicy(this, 'Policy', {
      secretId: secret.ref,
      resourcePolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AWSKafkaResourcePolicy',
            principals: [new iam.ServicePrincipal('kafka.amazonaws.com')],
            actions: ['secretsmanager:getSecretValue'],
            resources: [secret.ref],
          }),
        ],
      }),
    });
    const association = new msk.CfnBatchScramSecret(this, 'Association', {
      clusterArn: cluster.ref,
      secretArnList: [secret.ref],
    });
    association.addDependency(policy);
  }
}
