import { S3Client } from '@aws-sdk/client-s3';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Upload } from '@aws-sdk/lib-storage';
import type { AgentConfig } from './agentConfig.js';
import type { AgentPorts } from './DownloadAgent.js';
import { openDownload } from './openDownload.js';

/** Connects to the configured queue, bucket and service. */
export function createAgentPorts(config: AgentConfig): AgentPorts {
  const queue = new SQSClient({
    // Longer than the longest wait for a message.
    requestHandler: { requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
  const bucket = new S3Client();

  return {
    async receive(signal) {
      const answer = await queue.send(
        new ReceiveMessageCommand({
          QueueUrl: config.DOWNLOAD_QUEUE_URL,
          MaxNumberOfMessages: 1,
          WaitTimeSeconds: 20,
        }),
        { abortSignal: signal },
      );
      return answer.Messages?.[0];
    },

    async acknowledge(message) {
      await queue.send(
        new DeleteMessageCommand({
          QueueUrl: config.DOWNLOAD_QUEUE_URL,
          ReceiptHandle: message.ReceiptHandle,
        }),
      );
    },

    open: (job, signal) =>
      openDownload({
        url: job.url,
        maxBytes: config.DOWNLOAD_MAX_BYTES,
        signal,
      }),

    async store(job, download, signal) {
      // In parts, because neither memory nor the read-only disk can hold the whole file.
      const upload = new Upload({
        client: bucket,
        params: {
          Bucket: config.DOWNLOAD_BUCKET,
          Key: job.key,
          Body: download.body,
          ContentType: download.contentType,
        },
        queueSize: 2,
      });
      const abort = () => void upload.abort();
      signal.addEventListener('abort', abort, { once: true });
      try {
        await upload.done();
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },

    async report(job, idempotencyKey) {
      const answer = await fetch(
        new URL('/requests', config.SERVICE_BASE_URL),
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': idempotencyKey,
          },
          body: JSON.stringify({
            subject: `Downloaded ${job.key}`.slice(0, 200),
            requester: 'download-agent',
            details: `From ${new URL(job.url).host}`,
          }),
          signal: AbortSignal.timeout(15_000),
        },
      );
      if (answer.status !== 201) {
        throw new Error(
          `The service responded to the report with ${answer.status}`,
        );
      }
    },
  };
}
