import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Properties of {@link Notifications}. */
export interface NotificationsProps {
  /** Service and environment: the topic's name. */
  readonly fullName: string;
  /** Address that receives the notifications; empty for none. */
  readonly alarmEmail: string;
  readonly encryptionKey: kms.IKey;
}

/** Topic for alarms, scaling and database events. */
export class Notifications extends Construct {
  readonly topic: sns.Topic;

  constructor(
    scope: Construct,
    id: string,
    { fullName, alarmEmail, encryptionKey }: NotificationsProps,
  ) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Topic', {
      topicName: fullName,
      masterKey: encryptionKey,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AlarmsAndDatabaseEventsPublish',
        principals: [
          new iam.ServicePrincipal('cloudwatch.amazonaws.com'),
          new iam.ServicePrincipal('events.rds.amazonaws.com'),
        ],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        },
      }),
    );
    if (alarmEmail)
      this.topic.addSubscription(new EmailSubscription(alarmEmail));
  }
}
