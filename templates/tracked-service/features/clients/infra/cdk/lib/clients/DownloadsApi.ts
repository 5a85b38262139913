import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpSqsIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { serviceLogGroup } from '../serviceLogGroup.ts';

/** Properties of {@link DownloadsApi}. */
export interface DownloadsApiProps {
  /** Service and environment, prefix of resource names. */
  readonly fullName: string;
  readonly logRetentionDays: number;
  /** Queue that receives the jobs. */
  readonly jobs: sqs.IQueue;
  readonly encryptionKey: kms.IKey;
}

/**
 * `POST /downloads` goes directly to the queue, with no component in between that could fail. Callers sign with IAM.
 */
export class DownloadsApi extends Construct {
  readonly httpApi: apigatewayv2.HttpApi;

  constructor(
    scope: Construct,
    id: string,
    { fullName, logRetentionDays, jobs, encryptionKey }: DownloadsApiProps,
  ) {
    super(scope, id);
    this.httpApi = new apigatewayv2.HttpApi(this, 'Api', {
      apiName: `${fullName}-downloads`,
      description: `Download jobs of ${fullName}`,
      createDefaultStage: false,
    });
    this.httpApi.addRoutes({
      path: '/downloads',
      methods: [apigatewayv2.HttpMethod.POST],
      authorizer: new HttpIamAuthorizer(),
      integration: new HttpSqsIntegration('Queue', {
        queue: jobs,
        // The whole body is the job; by default it would be only the property MessageBody.
        parameterMapping: new apigatewayv2.ParameterMapping()
          .custom('QueueUrl', jobs.queueUrl)
          .custom('MessageBody', '$request.body'),
      }),
    });
    new apigatewayv2.HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new apigatewayv2.LogGroupLogDestination(
          serviceLogGroup(this, 'LogGroup', {
            logGroupName: `/cloudtrace/${fullName}/downloads-api`,
            retentionDays: logRetentionDays,
            encryptionKey,
          }),
        ),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            requestTime: '$context.requestTime',
            routeKey: '$context.routeKey',
            status: '$context.status',
            sourceIp: '$context.identity.sourceIp',
            responseLength: '$context.responseLength',
          }),
        ),
      },
    });
  }
}
