import { createHealing } from './createHealing.js';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

/** Entry point of the Lambda function. */
export const handler = createHealing({
  settings: {
    functionName: setting('AWS_LAMBDA_FUNCTION_NAME'),
    declaredParameter: setting('DECLARED_PARAMETER'),
    pauseParameter: setting('PAUSE_PARAMETER'),
    problemsParameter: setting('PROBLEMS_PARAMETER'),
    groupName: setting('GROUP_NAME'),
    cpuAlarm: setting('CPU_ALARM'),
    memoryAlarm: setting('MEMORY_ALARM'),
    topicArn: setting('TOPIC_ARN'),
    portalApiUrl: setting('PORTAL_API_URL'),
    eventsTokenSecretArn: setting('EVENTS_TOKEN_SECRET_ARN'),
  },
});
