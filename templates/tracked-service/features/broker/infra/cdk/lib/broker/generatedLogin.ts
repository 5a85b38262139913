import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Properties of {@link generatedLogin}. */
export interface GeneratedLoginProps {
  readonly name: string;
  readonly description: string;
  readonly username: string;
  readonly encryptionKey: kms.IKey;
}

/** A secret with a login whose password Secrets Manager generates, so that it is in no template. */
export function generatedLogin(
  scope: Construct,
  id: string,
  props: GeneratedLoginProps,
): secretsmanager.CfnSecret {
  const { name, description, username, encryptionKey } = props;
  const secret = new secretsmanager.CfnSecret(scope, id, {
    name,
    description,
    kmsKeyId: encryptionKey.keyArn,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username }),
      generateStringKey: 'password',
      passwordLength: 64,
      excludePunctuation: true,
    },
  });
  acknowledge(secret, {
    SMG4: 'Neither the broker nor Redis accepts two passwords at any time, which rotation without failures needs: docs/broker.md says how to replace one.',
  });
  return secret;
}
