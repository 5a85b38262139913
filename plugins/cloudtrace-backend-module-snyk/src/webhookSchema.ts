const id = {
  type: 'string',
  description: 'A UUID.',
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
};
const resource = { type: 'object', required: ['id'], properties: { id } };

/**
 * The fields of a `project_snapshot/v0` that CloudTrace uses, as the OpenAPI
 * document describes them.
 */
export const webhookSchema = {
  type: 'object',
  required: ['org', 'project'],
  properties: { org: resource, project: resource },
};
