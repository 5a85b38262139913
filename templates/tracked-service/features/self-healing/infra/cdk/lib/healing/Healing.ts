import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { ServicePartContext } from '../parts/Part.ts';
import { serviceLogGroup } from '../serviceLogGroup.ts';
import { declaredState } from './declaredState.ts';
import { HealingRole } from './HealingRole.ts';
import { addTriggers } from './triggers.ts';

const BUNDLE = path.join(import.meta.dirname, '../../../healing/dist/index.js');

/** Properties of {@link Healing}. */
export interface HealingProps extends ServicePartContext {
  /** Alarm of a single instance's CPU. */
  readonly cpuAlarm: string;
  /** Alarm of a single instance's memory. */
  readonly memoryAlarm: string;
}

/** A function that restores what the repository declares, and replaces instances that are stuck. */
export class Healing extends Construct {
  /** Events that failed three times. */
  readonly failedEvents: sqs.Queue;
  /** Secret for the portal's token for events. */
  readonly eventsTokenSecretArn: string;
  /** Parameter in which the pipeline writes the end of a pause. Not in this stack: it would be drift. */
  readonly pauseParameter: string;

  constructor(scope: Construct, id: string, props: HealingProps) {
    super(scope, id);
    const { fullName } = props;
    this.pauseParameter = `/${fullName}/healing/paused-until`;

    const declaredParameter = `/${fullName}/healing/declared`;
    // The function creates it, to report once what it could not restore. Not in this stack either.
    const problemsParameter = `/${fullName}/healing/problems`;
    new ssm.StringParameter(this, 'Declared', {
      parameterName: declaredParameter,
      description: `What the repository declares for ${fullName}, which self-healing restores`,
      // Above 4 KB, which is more than 25 rules, AWS charges for the parameter.
      tier: ssm.ParameterTier.INTELLIGENT_TIERING,
      stringValue: declaredState(props),
    });
    const eventsToken = this.#eventsToken(props);
    this.eventsTokenSecretArn = eventsToken.ref;
    this.failedEvents = this.#queue(fullName);
    const logGroup = serviceLogGroup(this, 'LogGroup', {
      logGroupName: `/cloudtrace/${fullName}/healing`,
      retentionDays: props.settings.logRetentionDays,
      encryptionKey: props.encryptionKey,
    });
    const role = new HealingRole(this, 'Role', {
      ...props,
      parameters: [declaredParameter, this.pauseParameter],
      problemsParameter,
      eventsTokenSecretArn: this.eventsTokenSecretArn,
      logGroup,
    });
    const handler = this.#function(props, role, logGroup, {
      DECLARED_PARAMETER: declaredParameter,
      PAUSE_PARAMETER: this.pauseParameter,
      PROBLEMS_PARAMETER: problemsParameter,
      GROUP_NAME: fullName,
      CPU_ALARM: props.cpuAlarm,
      MEMORY_ALARM: props.memoryAlarm,
      TOPIC_ARN: props.topic.topicArn,
      PORTAL_API_URL: portalApiUrl(props.settings.otlpEndpoint),
      EVENTS_TOKEN_SECRET_ARN: this.eventsTokenSecretArn,
    });
    addTriggers(this, { ...props, handler });
  }

  /** Created empty, as the ingest token is: the pipeline stores the portal's token for events. */
  #eventsToken({
    fullName,
    encryptionKey,
  }: HealingProps): secretsmanager.CfnSecret {
    const secret = new secretsmanager.CfnSecret(this, 'EventsToken', {
      name: `${fullName}/events-token`,
      description: `Token with which self-healing of ${fullName} reports to the portal`,
      kmsKeyId: encryptionKey.keyArn,
    });
    acknowledge(secret, {
      SMG4: 'The portal issues and rotates this token: it keeps two of them valid while a new one is rolled out.',
    });
    return secret;
  }

  #queue(fullName: string): sqs.Queue {
    const queue = new sqs.Queue(this, 'Failed', {
      queueName: `${fullName}-healing-failed`,
      retentionPeriod: Duration.days(14),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    acknowledge(queue, { SQS3: 'This is the queue of failed events itself.' });
    return queue;
  }

  #function(
    { fullName }: HealingProps,
    role: HealingRole,
    logGroup: logs.LogGroup,
    environment: Record<string, string>,
  ): lambda.Function {
    return new lambda.Function(this, 'Function', {
      functionName: `${fullName}-healing`,
      description:
        'Restores what the repository declares, and replaces instances that are stuck',
      role,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      // In the template itself, which then needs no uploaded file.
      code: lambda.Code.fromInline(readBundle()),
      timeout: Duration.seconds(120),
      memorySize: 256,
      // One at a time: two would both replace an instance.
      reservedConcurrentExecutions: 1,
      // Retried twice, and not much later: the regular check would have repaired it by then.
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      deadLetterQueue: this.failedEvents,
      loggingFormat: lambda.LoggingFormat.TEXT,
      logGroup,
      environment,
    });
  }
}

function readBundle(): string {
  if (!existsSync(BUNDLE)) {
    throw new Error(
      `${BUNDLE} is missing: build it with scripts/ci/parts/healing.sh prepare`,
    );
  }
  return readFileSync(BUNDLE, 'utf8');
}

/** The portal's API is beside its endpoint for traces; another collector gets no reports. */
function portalApiUrl(otlpEndpoint: string): string {
  return otlpEndpoint.endsWith('/cloudtrace/otlp')
    ? otlpEndpoint.replace(/\/otlp$/, '')
    : '';
}
