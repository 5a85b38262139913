import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { EVERYTHING_ON } from './exampleSettings.ts';
import { synthesize } from './synthesize.ts';

describe('the download agents', () => {
  const template = synthesize(EVERYTHING_ON);

  it('send their traces like the service', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Environment: Match.arrayWith([
            { Name: 'OTEL_SERVICE_NAME', Value: 'orders' },
            Match.objectLike({ Name: 'INGEST_TOKEN_SECRET_ARN' }),
            Match.objectLike({ Name: 'OTEL_EXPORTER_OTLP_ENDPOINT' }),
          ]),
        }),
      ],
    });
  });

  it('accept jobs from callers who sign', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'POST /downloads',
      AuthorizationType: 'AWS_IAM',
    });
  });
});
