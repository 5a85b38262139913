import Ajv from 'ajv';

const script = {
  type: 'array',
  minItems: 1,
  items: { type: 'string', minLength: 1 },
};
const minutes = { type: 'integer', minimum: 1, maximum: 720 };

const step = {
  type: 'object',
  required: ['script'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    image: { type: 'string' },
    script,
    'after-script': script,
    services: { type: 'array', items: { type: 'string' } },
    caches: { type: 'array', items: { type: 'string' } },
    artifacts: { type: 'array', items: { type: 'string' } },
    oidc: { type: 'boolean' },
    deployment: { type: 'string' },
    trigger: { enum: ['automatic', 'manual'] },
    'max-time': minutes,
  },
};
const stepEntry = {
  type: 'object',
  required: ['step'],
  additionalProperties: false,
  properties: { step },
};
const variables = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
      default: { type: 'string' },
      'allowed-values': { type: 'array', items: { type: 'string' } },
      description: { type: 'string' },
    },
  },
};
const pipeline = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    properties: {
      step,
      parallel: { type: 'array', minItems: 1, items: stepEntry },
      variables,
    },
  },
};
const pipelines = { type: 'object', additionalProperties: pipeline };

const schema = {
  type: 'object',
  required: ['image', 'pipelines'],
  additionalProperties: false,
  properties: {
    image: { type: 'string' },
    options: {
      type: 'object',
      additionalProperties: false,
      properties: { 'max-time': minutes, docker: { type: 'boolean' } },
    },
    definitions: {
      type: 'object',
      additionalProperties: false,
      properties: {
        services: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            required: ['image'],
            additionalProperties: false,
            properties: {
              image: { type: 'string' },
              variables: {
                type: 'object',
                additionalProperties: { type: 'string' },
              },
              memory: { type: 'integer' },
            },
          },
        },
        caches: { type: 'object' },
        steps: { type: 'array', items: stepEntry },
      },
    },
    pipelines: {
      type: 'object',
      additionalProperties: false,
      properties: {
        default: pipeline,
        branches: pipelines,
        tags: pipelines,
        'pull-requests': pipelines,
        custom: pipelines,
      },
    },
  },
};

const validate = new Ajv({ allErrors: true }).compile(schema);

/** Services and caches that Bitbucket provides. */
const BUILT_IN = new Set(['docker', 'node', 'pip', 'maven', 'gradle']);

/**
 * Checks a parsed `bitbucket-pipelines.yml` against the keys that the template uses, and that everything it uses is
 * defined.
 */
export function checkBitbucketPipelines(content: unknown): string[] {
  if (!validate(content)) {
    return (validate.errors ?? []).map(
      error =>
        `bitbucket-pipelines.yml${error.instancePath} ${
          error.message
        } ${JSON.stringify(error.params)}`,
    );
  }
  const definitions = (content as { definitions?: Record<string, object> })
    .definitions;
  const known = new Set([
    ...BUILT_IN,
    ...Object.keys(definitions?.services ?? {}),
    ...Object.keys(definitions?.caches ?? {}),
  ]);
  const used = new Set<string>();
  collect(content, used);
  return [...used]
    .filter(name => !known.has(name))
    .map(name => `bitbucket-pipelines.yml uses ${name}, which is not defined`);
}

function collect(node: unknown, used: Set<string>): void {
  if (node === null || typeof node !== 'object') {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (['services', 'caches'].includes(key) && Array.isArray(value)) {
      value.forEach(name => used.add(String(name)));
    }
    collect(value, used);
  }
}
