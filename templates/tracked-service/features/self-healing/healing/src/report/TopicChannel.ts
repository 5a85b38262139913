import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { describeReport } from './describeReport.js';
import type { HealingReport, ReportChannel } from './types.js';

/** SNS's limit. */
const SUBJECT_LENGTH = 100;

/** Publishes reports to the topic that also gets alarms and scaling. */
export class TopicChannel implements ReportChannel {
  readonly name = 'SNS';
  readonly #sns: SNSClient;
  readonly #topicArn: string;

  constructor(options: { sns: SNSClient; topicArn: string }) {
    this.#sns = options.sns;
    this.#topicArn = options.topicArn;
  }

  async send(report: HealingReport): Promise<void> {
    const verb = report.status === 'succeeded' ? 'Healed' : 'Could not heal';
    await this.#sns.send(
      new PublishCommand({
        TopicArn: this.#topicArn,
        Subject: `${verb}: ${report.action}`.slice(0, SUBJECT_LENGTH),
        Message: describeReport(report),
      }),
    );
  }
}
