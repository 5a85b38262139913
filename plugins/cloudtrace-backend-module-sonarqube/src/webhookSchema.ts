/**
 * The fields of SonarQube's webhooks that CloudTrace uses, as the OpenAPI
 * document describes them.
 */
export const webhookSchema = {
  type: 'object',
  required: ['status', 'project'],
  properties: {
    status: { type: 'string' },
    taskId: { type: 'string' },
    analysedAt: { type: 'string' },
    project: {
      type: 'object',
      required: ['key'],
      properties: { key: { type: 'string', maxLength: 400 } },
    },
    branch: {
      type: 'object',
      properties: { isMain: { type: 'boolean' } },
    },
  },
};
